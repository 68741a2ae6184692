import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Alertmanager, requireAlertmanager, startAlertmanager } from '../support/alertmanager.ts';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { type StandaloneProcess, startStandalone, TOKEN } from '../support/standalone.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { TUTORIAL_LABELS, tutorialAlert } from '../support/tutorial.ts';
import { waitFor } from '../support/wait-for.ts';

describe('Two Alertmanagers that know nothing of each other', function () {
  this.timeout(60_000);

  const service = 'twice';
  let engine: PrivateEngine;
  let scaler: StandaloneProcess;
  const alertmanagers: Alertmanager[] = [];

  before(async function () {
    requireAlertmanager(this);
    engine = await requireEngine(this);
    scaler = await startStandalone({ dockerHost: `unix://${engine.socketPath}` });
    const config = `
route: { receiver: scale, group_by: [service, scale, type], group_wait: 0s, group_interval: 1m }
receivers:
  - name: scale
    webhook_configs:
      - url: ${scaler.url}/function/scale-service
        http_config: { authorization: { credentials: ${TOKEN} } }
`;
    for (const _ of [1, 2]) alertmanagers.push(await startAlertmanager({ config }));
    await engine.docker(
      ...['service', 'create', '--detach', '--no-resolve-image', '--name', service, '--replicas', '2'],
      ...['--constraint', 'node.labels.never==1', '--label', 'com.df.scaleMax=20'],
      ...TUTORIAL_LABELS.filter((argument) => !argument.includes('scaleMax')).slice(0, 4),
      SLEEP_IMAGE,
    );
  });

  after(async () => {
    await Promise.all(alertmanagers.map((alertmanager) => alertmanager.stop()));
    await scaler?.stop();
    await engine?.docker('service', 'rm', service).catch(() => undefined);
  });

  it('that fire the same alert make one step', async () => {
    await Promise.all(alertmanagers.map((alertmanager) => alertmanager.fire(tutorialAlert(service, 'up'))));
    const outcomes = () => scaler.log().filter((line) => line.service === service);
    await waitFor('both webhooks', () => outcomes().length >= 2);
    await sleep(500);
    const count = await engine.docker(
      'service',
      'inspect',
      '--format',
      '{{.Spec.Mode.Replicated.Replicas}}',
      service,
    );
    expect(outcomes().map(({ reason }) => reason)).to.have.members(['step', 'cooldown']);
    expect(Number(count)).to.equal(Number(outcomes().find(({ reason }) => reason === 'step')?.to));
  });
});
