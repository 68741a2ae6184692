import { readFile, stat, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { RuleSource } from '../../standalone/rules-sync/rule-source.ts';
import { service } from '../alert-rules/services.ts';
import { type Prometheus, preparePrometheus, requirePrometheus } from '../support/prometheus.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Stage, type StageOptions, setStage } from './stage.ts';

const web = (alertIf: string) => service('web', { alertName: 'many', alertIf });
const FIRST = web('up > 1');
const file = (expr: string) => `groups: [{ name: web, rules: [{ alert: web_many, expr: "${expr}" }] }]`;

/** Rules as they come, also those that Prometheus refuses. */
function textSource(text: string): RuleSource & { set(text: string): void } {
  let now = text;
  return {
    read: async () => now,
    intervalMs: 50,
    set: (other) => {
      now = other;
    },
  };
}

describe('rules-sync with a real Prometheus', function () {
  this.timeout(30_000);

  let prometheus: Prometheus;
  let stage: Stage | undefined;

  before(function () {
    requirePrometheus(this);
  });

  beforeEach(async () => {
    prometheus = await preparePrometheus();
  });

  afterEach(async () => {
    await stage?.close();
    stage = undefined;
    await prometheus.dispose();
  });

  async function start(options: Omit<StageOptions, 'prometheus'> = {}): Promise<Stage> {
    stage = await setStage({ prometheus, ...options });
    return stage;
  }

  const ruleBecomes = (expr: string | undefined) =>
    waitFor(`the rule ${expr}`, async () => (await prometheus.rules()).web_many === expr, {
      timeoutMs: 5000,
      intervalMs: 20,
    });
  const readRules = () => readFile(prometheus.rulesFile, 'utf8');

  it('writes the rules of the labels, has them reloaded, and follows each change of a label', async () => {
    await prometheus.start();
    const { swarm, waitForHealth, health } = await start({ services: [FIRST] });
    await ruleBecomes('up > 1');
    await waitForHealth(200);
    expect(await health()).to.include({
      message: 'Prometheus runs with the rules of the labels (alerts: 1)',
    });

    swarm.change('web', { labels: web('up > 2').labels });
    await ruleBecomes('up > 2');
    swarm.remove('web');
    await ruleBecomes(undefined);
    expect(await prometheus.isReloaded()).to.equal(true);
  });

  it('does nothing about changes that make the same rules', async () => {
    await prometheus.start();
    const { swarm, waitForHealth } = await start({ services: [FIRST] });
    await waitForHealth(200);
    const { ino, mtimeMs } = await stat(prometheus.rulesFile);
    for (const replicas of [3, 4]) {
      const lists = swarm.calls.length;
      swarm.change('web', { replicas, labels: { ...FIRST.labels, 'com.df.scaleState': `${replicas}` } });
      await waitFor('a look at the labels', () => swarm.calls.length > lists, { intervalMs: 10 });
    }
    await waitForHealth(200);
    expect(await stat(prometheus.rulesFile)).to.include({ ino, mtimeMs });
    expect(prometheus.reloads()).to.deep.equal({ taken: 1, refused: 0 });
  });

  it('waits for a Prometheus that is down, and brings it the rules of then', async () => {
    const { swarm, waitForHealth, health, lines } = await start({ services: [FIRST] });
    await waitFor('a failure', () => lines.some(({ reason }) => reason === 'prometheus-unavailable'));
    expect((await health()).message).to.match(/^Prometheus at http:.*ECONNREFUSED/);
    swarm.change('web', { labels: web('up > 2').labels });
    await prometheus.start();
    await waitForHealth(200);
    await ruleBecomes('up > 2');
  });

  it('brings the rules back to a Prometheus that has lost them', async () => {
    await prometheus.start();
    const { waitForHealth } = await start({ services: [FIRST], intervalMs: 50 });
    await waitForHealth(200);
    await prometheus.configure('rule_files: []\n');
    await fetch(`${prometheus.url}/-/reload`, { method: 'POST' });
    await waitForHealth(503);
    await prometheus.configure('rule_files: ["rules/*.yml"]\n');
    await waitForHealth(200);
    await ruleBecomes('up > 1');
  });

  it('says so when Prometheus does not read the file, and leaves it where it is', async () => {
    await prometheus.configure('rule_files: ["elsewhere/*.yml"]\n');
    await prometheus.start();
    const { health, alertmanager, waitForHealth } = await start({ source: textSource(file('up > 1')) });
    await waitFor('the alert', () => alertmanager.requests.length > 0);
    await waitForHealth(503);
    expect((await health()).message).to.equal(
      `Prometheus reloaded without the rules of web; expected its rule_files to name ${prometheus.rulesFile}, in a folder that both see`,
    );
    expect(await readRules()).to.equal(file('up > 1'));
  });

  it('keeps the old rules when Prometheus refuses the new ones, raises an alert, and ends it', async () => {
    await prometheus.start();
    const source = textSource(file('up > 1'));
    const { alertmanager, waitForHealth, health, lines } = await start({ source });
    await waitForHealth(200);

    source.set(file('up > > 2'));
    await waitForHealth(503);
    const { message } = await health();
    expect(message).to.match(
      /^Prometheus did not reload: HTTP 500: failed to reload config: .*; it does with/,
    );
    expect(await prometheus.rules()).to.deep.equal({ web_many: 'up > 1' });
    expect(await readRules()).to.equal(file('up > 1'));
    // So that alerts about Prometheus' own settings do not fire.
    expect(await prometheus.isReloaded()).to.equal(true);
    await waitFor('the alert, again and again', () => alertmanager.requests.length > 2);
    expect(alertmanager.bodies()[0]).to.have.nested.property(
      '[0].labels.alertname',
      'alert_rules_reload_failed',
    );
    expect(alertmanager.bodies()[0]).to.have.nested.property('[0].annotations.summary', message);
    // Prometheus is not asked over and over about the same text, nor is the log filled with it.
    expect(prometheus.reloads()).to.deep.equal({ taken: 2, refused: 1 });
    expect(lines.filter(({ reason }) => reason === 'prometheus-refused')).to.have.lengthOf(1);

    source.set(file('up > 2'));
    await waitForHealth(200);
    await ruleBecomes('up > 2');
    await waitFor('the end of the alert', () => {
      const [alert] = alertmanager.bodies().at(-1) as [{ startsAt: string; endsAt: string }];
      return Date.parse(alert.endsAt) <= Date.now() && alert.startsAt < alert.endsAt;
    });
  });

  it('takes away a file of its own that Prometheus refuses when there is none to go back to', async () => {
    await prometheus.start();
    await writeFile(prometheus.rulesFile, file('up > > 1'));
    const { waitForHealth, alertmanager } = await start({ source: textSource(file('up > > 1')) });
    await waitFor('the alert', () => alertmanager.requests.length > 0);
    await waitForHealth(503);
    expect(await readRules().catch(({ code }) => code)).to.equal('ENOENT');
    expect(await prometheus.isReloaded()).to.equal(true);
  });

  it('does not blame rules for what is wrong with the settings of Prometheus', async () => {
    await prometheus.start();
    const source = textSource(file('up > 1'));
    const { waitForHealth, health } = await start({ source });
    await waitForHealth(200);
    await prometheus.configure('nonsense: true\n');
    source.set(file('up > 2'));
    await waitForHealth(503);
    expect((await health()).message).to.match(/it does not without the new rules either/);
    expect(await readRules()).to.equal(file('up > 1'));
  });
});
