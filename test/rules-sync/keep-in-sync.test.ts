import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Deliver } from '../../standalone/rules-sync/deliver.ts';
import { keepInSync } from '../../standalone/rules-sync/keep-in-sync.ts';
import { createReporter } from '../../standalone/rules-sync/reporter.ts';
import { NO_ALERT } from '../../standalone/rules-sync/sync-alert.ts';
import { createFakeSwarm } from '../support/fake-swarm.ts';
import { type RecordedLog, recordLog } from '../support/log.ts';
import { waitFor } from '../support/wait-for.ts';

const PACE = { settleMs: 50, firstRetryMs: 10, longestRetryMs: 40 };
const NEVER_MS = 1_000_000;

describe('keeping in sync', () => {
  let swarm: ReturnType<typeof createFakeSwarm>;
  let log: RecordedLog;
  let delivered: string[];
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(() => {
    swarm = createFakeSwarm({ name: 'web', replicas: 0 });
    log = recordLog();
    delivered = [];
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await running;
  });

  const deliverAtOnce: Deliver = async (text) => {
    delivered.push(text);
    return { kind: 'delivered', alerts: 1 };
  };

  /** The rules are the number of replicas. */
  function start({ deliver = deliverAtOnce, intervalMs = NEVER_MS } = {}): void {
    const source = {
      read: async () => String((await swarm.listServices({ timeoutMs: 1000 }))[0]?.replicas),
      watch: swarm.watchServices,
      intervalMs,
    };
    const reporter = createReporter(log.logger, NO_ALERT, Date.now);
    running = keepInSync({ source, deliver, reporter, intervalMs, pace: PACE }, stop.signal);
  }

  const scale = (replicas: number) => swarm.change('web', { replicas });
  const deliveryOf = (text: string) =>
    waitFor(`the delivery of ${text}`, () => delivered.at(-1) === text, { intervalMs: 5, timeoutMs: 2000 });

  it('delivers at once, and after each change', async () => {
    start();
    await deliveryOf('0');
    scale(1);
    await deliveryOf('1');
    scale(2);
    await deliveryOf('2');
  });

  it('delivers once after a burst of changes, with what is there at its end', async () => {
    start();
    await deliveryOf('0');
    await sleep(3 * PACE.settleMs);
    const before = delivered.length;
    for (let replicas = 1; replicas <= 50; replicas += 1) {
      scale(replicas);
      await nextTurn();
    }
    await deliveryOf('50');
    await sleep(3 * PACE.settleMs);
    expect(delivered).to.have.lengthOf(before + 1);
  });

  it('loses no change that comes in the middle of a delivery', async () => {
    start({
      async deliver(text, signal) {
        if (text === '1') {
          scale(2);
          await sleep(3 * PACE.settleMs);
        }
        return deliverAtOnce(text, signal);
      },
    });
    await deliveryOf('0');
    scale(1);
    await deliveryOf('2');
  });

  it('listens again when the events end, and notices what happened meanwhile', async () => {
    start();
    await deliveryOf('0');
    swarm.endEvents();
    await waitFor('the end of the events', () => swarm.listeners() === 0, { intervalMs: 1 });
    scale(1);
    await deliveryOf('1');
    expect(swarm.listeners()).to.equal(1);
    expect(log.lines.map(({ msg }) => msg)).to.include(
      'Changes are only looked for now and then: The engine ended its stream of events',
    );
  });

  it('looks by itself for changes that nobody told of', async () => {
    start({ intervalMs: 30 });
    await deliveryOf('0');
    swarm.watchServices = async () => {};
    swarm.endEvents();
    scale(1);
    await deliveryOf('1');
  });

  it('goes on after failures of the engine and of Prometheus, and logs each once', async () => {
    let failures = 0;
    for (let count = 0; count < 3; count += 1) {
      swarm.listFaults.push(() => {
        throw new Error('no engine');
      });
    }
    start({
      async deliver(text, signal) {
        failures += 1;
        if (failures <= 3) throw new Error('no Prometheus');
        return deliverAtOnce(text, signal);
      },
    });
    await deliveryOf('0');
    const errors = log.lines.filter(({ level }) => level === 'error').map(({ msg }) => msg);
    expect(errors).to.deep.equal(['no engine', 'no Prometheus']);
  });

  it('stops at once in the middle of a long wait', async () => {
    start();
    await deliveryOf('0');
    stop.abort();
    await running;
    expect(swarm.listeners()).to.equal(0);
  });

  it('stops at once in the middle of a delivery, which is no failure', async () => {
    start({
      async deliver(text, signal) {
        delivered.push(text);
        await sleep(NEVER_MS, undefined, { signal });
        throw new Error('The delivery went on');
      },
    });
    await deliveryOf('0');
    stop.abort();
    await running;
    expect(log.lines).to.deep.equal([]);
  });
});
