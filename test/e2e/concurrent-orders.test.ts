import { expect } from 'chai';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { type StandaloneProcess, startStandalone } from '../support/standalone.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';

describe('64 orders at the same time on one real service', function () {
  this.timeout(60_000);

  const service = 'crowded';
  const dockerHost = () => `unix://${engine.socketPath}`;
  let engine: PrivateEngine;
  let scalers: readonly StandaloneProcess[] = [];

  const replicas = async () =>
    Number(
      await engine.docker('service', 'inspect', '--format', '{{.Spec.Mode.Replicated.Replicas}}', service),
    );
  const orders = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        scalers[index % scalers.length]?.order({ service, scale: 'up', by: '1' }),
      ),
    );

  before(async function () {
    engine = await requireEngine(this);
    await engine.docker(
      ...['service', 'create', '--detach', '--no-resolve-image', '--name', service, '--replicas', '1'],
      ...['--constraint', 'node.labels.never==1', '--label', 'com.df.scaleMax=1000', SLEEP_IMAGE],
    );
  });

  afterEach(async () => {
    await Promise.all(scalers.map((scaler) => scaler.stop()));
    scalers = [];
  });

  after(async () => {
    await engine?.docker('service', 'rm', service).catch(() => undefined);
  });

  it('all succeed through one scaler and move the count by exactly 64', async () => {
    scalers = [await startStandalone({ dockerHost: dockerHost() })];
    const before = await replicas();
    const answers = await orders(64);
    expect(answers.map((answer) => answer?.status)).to.deep.equal(Array(64).fill(200));
    expect(await replicas()).to.equal(before + 64);
  });

  it('lose no step and make none twice when two scalers race for it', async () => {
    scalers = [
      await startStandalone({ dockerHost: dockerHost() }),
      await startStandalone({ dockerHost: dockerHost() }),
    ];
    const before = await replicas();
    const answers = await orders(64);
    const scaled = answers.filter((answer) => answer?.status === 200).length;
    expect(scaled).to.equal(64);
    expect(await replicas()).to.equal(before + 64);
  });
});
