import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { type StandaloneProcess, startStandalone, TOKEN } from '../support/standalone.ts';
import { BROKEN_IMAGE, SLEEP_IMAGE } from '../support/test-images.ts';
import { tutorialAlert } from '../support/tutorial.ts';

describe('A rolling update whose new version fails, while alerts keep coming', function () {
  this.timeout(90_000);

  const service = 'fragile';
  let engine: PrivateEngine;
  let scaler: StandaloneProcess;

  const inspect = (format: string) => engine.docker('service', 'inspect', '--format', format, service);
  const failedImages = () =>
    engine.docker(
      'service',
      'ps',
      '--filter',
      'desired-state=shutdown',
      '--format',
      '{{.Image}} {{.Error}}',
      service,
    );
  const alert = async () => {
    const response = await fetch(`${scaler.url}/v1/scale-service`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        version: '4',
        status: 'firing',
        alerts: [{ status: 'firing', labels: tutorialAlert(service, 'up') }],
        groupLabels: { service, scale: 'up', type: 'service' },
      }),
    });
    return response.status;
  };

  before(async function () {
    engine = await requireEngine(this);
    scaler = await startStandalone({
      dockerHost: `unix://${engine.socketPath}`,
      env: { DEFAULT_SCALE_UP_COOLDOWN: '0s', DEFAULT_MAX_REPLICAS: '50' },
    });
    await engine.docker(
      ...['service', 'create', '--no-resolve-image', '--name', service, '--replicas', '2'],
      ...['--update-failure-action', 'rollback', '--update-monitor', '2s', '--rollback-monitor', '1s'],
      ...['--restart-condition', 'none', SLEEP_IMAGE],
    );
  });

  after(async () => {
    await scaler?.stop();
    await engine?.docker('service', 'rm', service).catch(() => undefined);
  });

  it('is rolled back to the good version, and the alerts were answered with 503 meanwhile', async () => {
    await engine.docker(
      'service',
      'update',
      '--detach',
      '--no-resolve-image',
      '--image',
      BROKEN_IMAGE,
      service,
    );
    const statuses = [await alert()];
    while (statuses.length < 1000 && statuses.at(-1) === 503) {
      await sleep(20);
      statuses.push(await alert());
    }

    expect(statuses.pop(), 'the first answer that is not 503').to.equal(200);
    expect(statuses).to.have.length.greaterThan(5);
    expect(await inspect('{{.Spec.TaskTemplate.ContainerSpec.Image}}')).to.equal(SLEEP_IMAGE);
    expect(await failedImages()).to.include(BROKEN_IMAGE);
  });

  it('scales again afterwards', async () => {
    expect(await alert()).to.equal(200);
  });
});
