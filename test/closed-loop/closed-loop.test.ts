import { expect } from 'chai';
import { requireAlertmanager } from '../support/alertmanager.ts';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { waitFor } from '../support/wait-for.ts';
import { createDemoService, DEMO, type DemoService } from './demo-service.ts';
import { buildImages } from './images.ts';
import { deployLoop, type SlackMessage, type Stage } from './stage.ts';

// Prometheus forgets its Alertmanagers for a moment when it reloads, and sends an alert that was lost then again after a minute.
const PATIENT = { timeoutMs: 120_000, intervalMs: 500 };

describe('The closed loop: stacks/*.yml on a real Swarm, with real Prometheus and Alertmanager', function () {
  this.timeout(130_000);

  let engine: PrivateEngine;
  let stage: Stage;
  let demo: DemoService;

  before(async function () {
    requireAlertmanager(this);
    engine = await requireEngine(this);
    this.timeout(240_000);
    await buildImages(engine);
    stage = await deployLoop(engine);
    demo = createDemoService(engine);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') console.log(await stage.logs());
  });

  after(async () => {
    await demo?.stopLoad().catch(() => undefined);
    await stage?.dispose();
  });

  /** Waits until Swarm was asked for so many replicas, and they run. */
  async function waitForReplicas(count: number): Promise<void> {
    await waitFor(`${count} replicas`, async () => (await demo.replicas()) === count, PATIENT);
    await waitFor(`${count} running tasks`, async () => (await demo.runningTasks()) === count, PATIENT);
  }

  const waitForSlack = (what: string, isIt: (message: SlackMessage) => boolean) =>
    waitFor(`Slack's message ${what}`, async () => (await stage.slackMessages()).find(isIt), PATIENT);

  it('finds every replica by its label for the port', async () => {
    await waitFor(
      '3 healthy targets',
      async () => (await stage.prometheus.health(DEMO)).join() === 'up,up,up',
      PATIENT,
    );
  });

  it('makes rules of the labels, and Prometheus runs them', async () => {
    const rule = await waitFor(
      'the rule',
      () => stage.prometheus.rule('godemo_main_resp_time_above'),
      PATIENT,
    );
    expect(rule.query).to.include('http_server_resp_time_bucket{job="go-demo_main",le="0.1"}');
  });

  it('scales an idle service down to its minimum, and tells Slack', async () => {
    await waitForReplicas(2);
    expect(await waitForSlack('of the step down', ({ text }) => text.includes('from 3'))).to.deep.equal({
      color: 'good',
      title: 'scale_service: Scale service down: go-demo_main',
      text: 'Scaling go-demo_main from 3 to 2 replicas (min: 2, max: 4)',
    });
  });

  it('scales it up when load makes it slow, and tells Slack', async () => {
    await demo.startLoad();
    await waitForReplicas(4);
    expect(await waitForSlack('of the step up', ({ text }) => text.includes('to 4'))).to.deep.equal({
      color: 'good',
      title: 'scale_service: Scale service up: go-demo_main',
      text: 'Scaling go-demo_main from 2 to 4 replicas (min: 2, max: 4)',
    });
  });

  it('holds it at its maximum, however slow it stays', async () => {
    expect(await waitForSlack('of the maximum', ({ text }) => text.includes('maximum'))).to.deep.equal({
      color: 'good',
      title: 'scale_service: Scale service up: go-demo_main',
      text: 'go-demo_main is already scaled to the maximum number of 4 replicas',
    });
    expect(await demo.replicas()).to.equal(4);
  });

  it('scales it back down, step by step, when the load ends', async () => {
    await demo.stopLoad();
    await waitForReplicas(2);
    const steps = await waitFor(
      'the messages of four steps',
      async () => {
        const texts = (await stage.slackMessages()).map(({ text }) => text.split(' replicas')[0]);
        const scaled = texts.filter((text) => text?.startsWith('Scaling'));
        return scaled.length === 4 && scaled;
      },
      PATIENT,
    );
    expect(steps).to.deep.equal([
      'Scaling go-demo_main from 3 to 2',
      'Scaling go-demo_main from 2 to 4',
      'Scaling go-demo_main from 4 to 3',
      'Scaling go-demo_main from 3 to 2',
    ]);
  });

  it('follows a label that changes', async () => {
    await demo.setLabel('com.df.alertIf.2', '@resp_time_above:0.25,10s,0.99');
    await waitFor(
      'the new rule',
      async () => (await stage.prometheus.rule('godemo_main_resp_time_above'))?.query.includes('le="0.25"'),
      PATIENT,
    );
  });

  it('reports a label that it cannot read, leaves that alert out and keeps the others', async () => {
    await demo.setLabel('com.df.alertIf.4', '@idel:10s');
    const invalid = await waitFor(
      'alert_rules_invalid',
      async () => {
        const rule = await stage.prometheus.rule('alert_rules_invalid');
        return rule?.state === 'firing' && rule;
      },
      PATIENT,
    );
    expect(invalid.alerts[0]?.annotations.summary).to.include('com.df.alertIf.4="@idel:10s"');
    const names = (await stage.prometheus.rules()).map(({ name }) => name);
    expect(names).to.include('godemo_main_resp_time_above').and.not.include('godemo_main_idle');
    const message = await waitForSlack('of the label', ({ text }) => text.includes('@idel'));
    expect(message.title).to.equal('[FIRING] go-demo_main service is in danger!');
  });
});
