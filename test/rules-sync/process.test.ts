import { expect } from 'chai';
import { onBothEngines } from '../contract/engines.ts';
import { specOf, toLabel } from '../contract/test-services.ts';
import { type RunningProgram, startProgram } from '../support/child-process.ts';
import { freePort } from '../support/free-port.ts';
import { type Prometheus, preparePrometheus, requirePrometheus } from '../support/prometheus.ts';
import { type StandaloneProcess, startStandalone, TOKEN } from '../support/standalone.ts';
import { waitFor } from '../support/wait-for.ts';
import { withFiles } from '../support/with-files.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

const LABELS = { 'com.df.notify': 'true', 'com.df.alertName': 'many', 'com.df.alertIf': 'up > 1' };

onBothEngines('The process rules-sync', (engine) => {
  let prometheus: Prometheus;
  let standalone: StandaloneProcess | undefined;
  let program: RunningProgram | undefined;

  before(function () {
    requirePrometheus(this);
  });

  beforeEach(async function () {
    this.timeout(20_000);
    prometheus = await preparePrometheus();
    await prometheus.start();
    await engine().services.create(specOf('watched', { Labels: LABELS }));
  });

  afterEach(async () => {
    await program?.stop();
    await standalone?.stop();
    await prometheus.dispose();
  });

  async function start(env: Readonly<Record<string, string>>): Promise<RunningProgram> {
    const settings = { PROMETHEUS_ADDRESS: prometheus.url, RULES_FILE: prometheus.rulesFile };
    const port = String(await freePort());
    program = startProgram(process.execPath, ['--import', 'tsx', 'standalone/main.ts', 'rules-sync'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, PORT: port, ...settings, ...env },
    });
    return program;
  }

  /** The contract's time from a label to a rule. */
  const ruleBecomes = (expr: string) =>
    waitFor(`the rule ${expr}`, async () => (await prometheus.rules()).watched_many === expr, {
      timeoutMs: 5000,
      intervalMs: 50,
    });

  it('follows the labels of an engine, logs in JSON, and exits with 0', async () => {
    const started = await start({ DOCKER_HOST: `unix://${engine().socketPath}` });
    await waitFor('the first delivery', () => started.output().includes('Prometheus runs with the rules'));
    await ruleBecomes('up > 1');
    await engine().services.update('watched', toLabel('com.df.alertIf', 'up > 2'));
    await ruleBecomes('up > 2');
    // Prometheus runs a rule a moment before rules-sync has confirmed it.
    await waitFor('the second delivery', () => started.output().split('"alerts":1').length > 2);

    expect(await started.stop()).to.equal(0);
    const lines = started
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ alerts }) => alerts === 1)).to.have.lengthOf(2);
    expect(lines[0]).to.include({
      level: 'warn',
      msg: 'Nobody is told when rules cannot be delivered: set ALERTMANAGER_ADDRESS',
    });
  }).timeout(20_000);

  it('follows the labels through the function, with its token and without a socket', async () => {
    const scaler = await startStandalone({ dockerHost: `unix://${engine().socketPath}` });
    standalone = scaler;
    await withFiles({ 'scaler-token': TOKEN }, async (SECRETS_DIR) => {
      const ALERT_RULES_URL = `${scaler.url}/function/alert-rules`;
      const started = await start({ ALERT_RULES_URL, SECRETS_DIR, DOCKER_HOST: 'unix:///no/such.sock' });
      await waitFor('the first delivery', () => started.output().includes('Prometheus runs with the rules'));
      await ruleBecomes('up > 1');
      await engine().services.update('watched', toLabel('com.df.alertIf', 'up > 2'));
      await ruleBecomes('up > 2');
      expect(await started.stop()).to.equal(0);
    });
  }).timeout(30_000);
});
