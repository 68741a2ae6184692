import type { BareClient } from './bare-client.ts';
import { createStopwatch, median, type Timings, timeEach } from './percentiles.ts';
import type { Scaler } from './scaler.ts';
import { startScaler } from './scaler.ts';

export interface OneAtATime {
  readonly bare: Timings;
  readonly scaler: Timings;
}

/** Up and down by turns: the engine grows slower with the count of tasks, which is not what is measured here. */
const byTurns = (index: number): 1 | -1 => (index % 2 === 0 ? 1 : -1);

const order = (scaler: Scaler, service: string, by: 1 | -1) =>
  scaler.post(`/function/scale-service?service=${service}&scale=${by === 1 ? 'up' : 'down'}&by=1`);

/** Orders one after the other, through the scaler and with the bare client, in turns so that both see the same machine. */
export async function measureOneAtATime(
  scaler: Scaler,
  bare: BareClient,
  service: string,
): Promise<OneAtATime> {
  const [throughScaler, withBare] = [createStopwatch(), createStopwatch()];
  const [warmUp, rounds, perRound] = [50, 10, 50];
  await timeEach(warmUp, (index) => order(scaler, service, byTurns(index)));
  await timeEach(warmUp, (index) => bare.step(service, byTurns(index)));
  for (let round = 0; round < rounds; round += 1) {
    for (let index = 0; index < perRound; index += 1)
      await throughScaler.time(() => order(scaler, service, byTurns(index)));
    for (let index = 0; index < perRound; index += 1)
      await withBare.time(() => bare.step(service, byTurns(index)));
  }
  return { bare: withBare.timings(), scaler: throughScaler.timings() };
}

export interface Concurrency {
  readonly callers: number;
  readonly orders: number;
  readonly failures: number;
  /** The count that was reached less the one that was asked for. */
  readonly drift: number;
  readonly ordersPerSecond: number;
  readonly timings: Timings;
}

/** Many callers that order on one service without pause. */
export async function measureConcurrency(
  scaler: Scaler,
  bare: BareClient,
  service: string,
  callers: number,
): Promise<Concurrency> {
  const perCaller = Math.ceil(512 / callers);
  const stopwatch = createStopwatch();
  let expected = await bare.replicas(service);
  const startedAt = performance.now();
  let failures = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let index = 0; index < perCaller; index += 1) {
        const by = byTurns(index);
        const { status } = await stopwatch.time(() => order(scaler, service, by));
        if (status !== 200) failures += 1;
        else expected += by;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const orders = callers * perCaller;
  return {
    callers,
    orders,
    failures,
    drift: (await bare.replicas(service)) - expected,
    ordersPerSecond: orders / seconds,
    timings: stopwatch.timings(),
  };
}

export interface ManyServices {
  readonly services: number;
  readonly scaled: number;
  readonly scalerMs: number;
  /** The bare client with eight calls at a time. */
  readonly bareMs: number;
}

/** One payload for many services. */
export async function measureManyServices(
  scaler: Scaler,
  bare: BareClient,
  services: readonly string[],
): Promise<ManyServices> {
  const bareStartedAt = performance.now();
  const rest = [...services];
  const worker = async () => {
    for (let service = rest.pop(); service !== undefined; service = rest.pop()) await bare.step(service, 1);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const bareMs = performance.now() - bareStartedAt;

  const alerts = services.map((service) => ({
    status: 'firing',
    labels: { alertname: 'bench', service, scale: 'up', type: 'service' },
  }));
  const startedAt = performance.now();
  const { body } = await scaler.post('/function/scale-service', JSON.stringify({ version: '4', alerts }));
  const scalerMs = performance.now() - startedAt;
  const { results } = JSON.parse(body) as { results: readonly { outcome: string }[] };
  return {
    services: services.length,
    scaled: results.filter(({ outcome }) => outcome === 'scaled').length,
    scalerMs,
    bareMs,
  };
}

/** From process start to first answer, the median of a few. */
export async function measureStart(dockerHost: string, times = 7): Promise<number> {
  const starts: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const scaler = await startScaler(dockerHost);
    starts.push(scaler.startMs);
    await scaler.stop();
  }
  return median(starts);
}

/** What a fresh process holds after a thousand orders. */
export async function measureResident(dockerHost: string, service: string): Promise<number> {
  const scaler = await startScaler(dockerHost);
  try {
    await timeEach(1000, (index) => order(scaler, service, byTurns(index)));
    return await scaler.residentMb();
  } finally {
    await scaler.stop();
  }
}
