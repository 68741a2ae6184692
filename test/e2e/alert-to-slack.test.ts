import { expect } from 'chai';
import {
  type Alertmanager,
  documentedConfig,
  requireAlertmanager,
  startAlertmanager,
} from '../support/alertmanager.ts';
import { freePort } from '../support/free-port.ts';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { type Recorder, startRecorder } from '../support/recorder.ts';
import { type StandaloneProcess, startStandalone, TOKEN } from '../support/standalone.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { TUTORIAL_LABELS, tutorialAlert } from '../support/tutorial.ts';
import { waitFor } from '../support/wait-for.ts';

describe('An alert on its way through a real Alertmanager to a real Swarm, and back to Slack', function () {
  this.timeout(60_000);

  const service = 'go-demo_main';
  let engine: PrivateEngine;
  let slack: Recorder;
  let alertmanager: Alertmanager;
  let scaler: StandaloneProcess;

  const replicas = async () =>
    Number(
      await engine.docker('service', 'inspect', '--format', '{{.Spec.Mode.Replicated.Replicas}}', service),
    );
  const runningTasks = async () =>
    (
      await engine.docker(
        'service',
        'ps',
        '--filter',
        'desired-state=running',
        '--format',
        '{{.CurrentState}}',
        service,
      )
    )
      .split('\n')
      .filter((state) => state.startsWith('Running')).length;
  const slackMessages = () =>
    slack
      .bodies()
      .map(
        (body) => (body as { attachments: { title: string; text: string; color: string }[] }).attachments[0],
      );

  before(async function () {
    requireAlertmanager(this);
    engine = await requireEngine(this);
    slack = await startRecorder();
    const scalerPort = await freePort();
    alertmanager = await startAlertmanager({
      config: await documentedConfig({
        'http://gateway:8080/function/scale-service': `http://127.0.0.1:${scalerPort}/v1/scale-service`,
        'credentials_file: /run/secrets/scaler-token': `credentials: ${TOKEN}`,
        'api_url_file: /run/secrets/slack-webhook-url': `api_url: ${slack.url}/slack`,
        'group_wait: 5s': 'group_wait: 1s',
      }),
    });
    scaler = await startStandalone({
      dockerHost: `unix://${engine.socketPath}`,
      port: scalerPort,
      env: { ALERTMANAGER_ADDRESS: alertmanager.url },
    });
    await engine.docker(
      ...['service', 'create', '--detach', '--no-resolve-image', '--name', service, '--replicas', '3'],
      ...TUTORIAL_LABELS,
      SLEEP_IMAGE,
    );
  });

  after(async () => {
    await scaler?.stop();
    await alertmanager?.stop();
    await slack?.close();
    await engine?.docker('service', 'rm', service).catch(() => undefined);
  });

  it('scales down by one when the response time is below the limit, and tells Slack', async () => {
    await alertmanager.fire(tutorialAlert(service, 'down'), { summary: 'Response time is below the limit' });
    await waitFor('2 replicas', async () => (await replicas()) === 2);
    const message = await waitFor('the message in Slack', () =>
      slackMessages().find((one) => one?.text.includes('Scaling')),
    );
    expect(message.title).to.equal('scale_service: Scale service down: go-demo_main');
    expect(message.text).to.equal('Scaling go-demo_main from 3 to 2 replicas (min: 2, max: 5)');
    expect(message.color).to.equal('good');
  });

  it('scales up by two when the response time is above the limit, and the tasks run', async () => {
    await alertmanager.fire(tutorialAlert(service, 'up'), { summary: 'Response time is above the limit' });
    await waitFor('4 replicas', async () => (await replicas()) === 4);
    await waitFor('4 running tasks', async () => (await runningTasks()) === 4);
    const message = await waitFor('the message in Slack', () =>
      slackMessages().find((one) => one?.text.includes('from 2 to 4')),
    );
    expect(message.title).to.equal('scale_service: Scale service up: go-demo_main');
  });

  it('logs one line for each decision', () => {
    const decisions = scaler.log().filter((line) => line.outcome === 'scaled');
    expect(decisions.map(({ msg }) => msg)).to.deep.equal([
      'Scaling go-demo_main from 3 to 2 replicas (min: 2, max: 5)',
      'Scaling go-demo_main from 2 to 4 replicas (min: 2, max: 5)',
    ]);
    expect(decisions[0]).to.include({
      level: 'info',
      service,
      direction: 'down',
      from: 3,
      to: 2,
      reason: 'step',
    });
  });

  it('keeps the memory of both steps on the service', async () => {
    const label = await engine.docker(
      'service',
      'inspect',
      '--format',
      '{{index .Spec.Labels "com.df.scaleState"}}',
      service,
    );
    expect(JSON.parse(label)).to.deep.include.all.keys('up', 'down', 'applied');
    expect(JSON.parse(label).up).to.include({ from: 2, to: 4, cause: 'alert godemo_main_resp_time_above' });
  });

  it('turns Alertmanager away without the token, and changes nothing', async () => {
    const before = await replicas();
    const response = await fetch(`${scaler.url}/v1/scale-service?service=${service}&scale=up`, {
      method: 'POST',
    });
    expect(response.status).to.equal(401);
    expect(await response.json()).to.include({ status: 'NOK' });
    expect(await replicas()).to.equal(before);
  });
});
