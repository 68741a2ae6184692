import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type KillableEngine, startKillableEngine } from '../standalone/killable-engine.ts';
import { type StandaloneProcess, startStandalone } from '../support/standalone.ts';
import { waitFor } from '../support/wait-for.ts';

/** Side by side, so that something is in flight at any time: orders for one service wait for each other. */
const SERVICES = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];

interface Answer {
  readonly service: string;
  readonly status: number;
  readonly outcome: unknown;
}

describe('A real engine that comes to harm in the middle of orders', function () {
  this.timeout(60_000);

  let engine: KillableEngine;
  let scaler: StandaloneProcess;

  before(async function () {
    engine = await startKillableEngine(this);
    scaler = await startStandalone({ dockerHost: engine.dockerHost });
  });

  after(async () => {
    await scaler?.stop();
    await engine?.dispose();
  });

  beforeEach(async () => {
    for (const service of SERVICES) {
      await engine.docker(
        ...['service', 'create', '--detach', '--no-resolve-image', '--name', service, '--replicas', '1'],
        ...['--constraint', 'node.labels.never==1', '--label', 'com.df.scaleMax=100000', 'nothing-to-run'],
      );
    }
  });

  afterEach(() => engine.docker('service', 'rm', ...SERVICES));

  /** Orders one step after the other for each service. */
  function keepOrdering() {
    const answers: Answer[] = [];
    let isOver = false;
    const orders = SERVICES.map(async (service) => {
      while (!isOver) {
        const { status, body } = await scaler.order({ service, scale: 'up', by: '1' });
        const [result] = body.results as [{ outcome: unknown }];
        answers.push({ service, status, outcome: result.outcome });
        if (status !== 200) await sleep(100);
      }
    });
    return {
      answers,
      scaled: () => answers.filter(({ outcome }) => outcome === 'scaled').length,
      async stop() {
        isOver = true;
        await Promise.all(orders);
      },
    };
  }
  type Orders = ReturnType<typeof keepOrdering>;

  const moreSteps = (orders: Orders, count: number) => {
    const goal = orders.scaled() + count;
    return waitFor(`${count} more steps`, () => orders.scaled() >= goal, { intervalMs: 5 });
  };

  async function expectEveryStepOnce({ answers }: Orders) {
    for (const service of SERVICES) {
      const count = (outcome: string) =>
        answers.filter((answer) => answer.service === service && answer.outcome === outcome).length;
      const format = '{{.Spec.Mode.Replicated.Replicas}}';
      const replicas = await engine.docker('service', 'inspect', '--format', format, service);
      const made = Number(replicas) - 1;
      expect(made, service).to.be.within(count('scaled'), count('scaled') + count('unknown'));
    }
  }

  it('(killed and started again) loses no step that was told of and makes none twice', async () => {
    const orders = keepOrdering();
    await moreSteps(orders, 200);
    await engine.kill();
    await waitFor('an order that is turned away', () => orders.answers.some(({ status }) => status === 503));
    engine.restart();
    await moreSteps(orders, 200);
    await orders.stop();

    expect(orders.answers.map(({ status }) => status)).to.include.members([200, 503]);
    await expectEveryStepOnce(orders);
  });

  it('(frozen for three seconds) answers every order in the end, each with one step', async () => {
    const orders = keepOrdering();
    await moreSteps(orders, 100);
    engine.freeze();
    await sleep(3000);
    engine.thaw();
    await moreSteps(orders, 100);
    await orders.stop();

    expect(orders.answers.filter(({ outcome }) => outcome !== 'scaled')).to.deep.equal([]);
    await expectEveryStepOnce(orders);
  });
});
