import { createHistogram } from 'node:perf_hooks';

/** How long something took, in milliseconds. */
export interface Timings {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

/** Times each call of `work`, one after the other. */
export async function timeEach(count: number, work: (index: number) => Promise<unknown>): Promise<Stopwatch> {
  const stopwatch = createStopwatch();
  for (let index = 0; index < count; index += 1) await stopwatch.time(() => work(index));
  return stopwatch;
}

export interface Stopwatch {
  time<T>(work: () => Promise<T>): Promise<T>;
  timings(): Timings;
}

export function createStopwatch(): Stopwatch {
  const histogram = createHistogram();
  const milliseconds = (percentile: number) => histogram.percentile(percentile) / 1e6;
  return {
    async time(work) {
      const startedAt = process.hrtime.bigint();
      const result = await work();
      histogram.record(process.hrtime.bigint() - startedAt);
      return result;
    },
    timings: () => ({ count: histogram.count, p50: milliseconds(50), p99: milliseconds(99) }),
  };
}

/** The middle one of a few measurements. */
export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
