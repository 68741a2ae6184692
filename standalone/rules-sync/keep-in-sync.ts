import { setTimeout as sleep } from 'node:timers/promises';
import { type Alarm, createAlarm } from './alarm.ts';
import type { Deliver } from './deliver.ts';
import type { Reporter } from './reporter.ts';
import type { RuleSource } from './rule-source.ts';

/** How quickly things follow each other, in milliseconds. */
export interface Pace {
  /** Changes come in bursts, as when a stack is deployed: the first one waits so long for the others. */
  readonly settleMs: number;
  /** From a failure to the next attempt, doubled each time. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export const PACE: Pace = { settleMs: 500, firstRetryMs: 1000, longestRetryMs: 30_000 };

export interface SyncOptions {
  readonly source: RuleSource;
  readonly deliver: Deliver;
  readonly reporter: Reporter;
  readonly intervalMs: number;
  readonly pace: Pace;
}

/** Delivers the rules now, after each change, and in any case every `intervalMs`; until `stop`. Failures do not end it. */
export async function keepInSync(options: SyncOptions, stop: AbortSignal): Promise<void> {
  const alarm = createAlarm();
  stop.addEventListener('abort', alarm.ring, { once: true });
  await Promise.all([deliverAgainAndAgain(options, alarm, stop), ringOnChange(options, alarm, stop)]);
}

async function deliverAgainAndAgain(options: SyncOptions, alarm: Alarm, stop: AbortSignal): Promise<void> {
  const { source, deliver, reporter, intervalMs, pace } = options;
  let failures = 0;
  while (!stop.aborted) {
    try {
      const delivery = await deliver(await source.read(stop), stop);
      failures = 0;
      await reporter.delivered(delivery, stop);
    } catch (error) {
      if (stop.aborted) return;
      failures += 1;
      await reporter.failed(error, stop);
    }
    const isChanged = await alarm.wait(failures === 0 ? intervalMs : retryMs(failures, pace));
    if (isChanged) await pause(pace.settleMs, stop);
    // What has changed until now, the next look sees.
    alarm.reset();
  }
}

async function ringOnChange(
  { source, reporter, pace }: SyncOptions,
  alarm: Alarm,
  stop: AbortSignal,
): Promise<void> {
  let failures = 0;
  const onChange = () => {
    failures = 0;
    alarm.ring();
  };
  while (source.watch && !stop.aborted) {
    try {
      await source.watch(onChange, stop);
    } catch (error) {
      failures += 1;
      reporter.unheard(error);
    }
    await pause(retryMs(failures, pace), stop);
  }
}

const retryMs = (failures: number, { firstRetryMs, longestRetryMs }: Pace): number =>
  Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);

/** Shorter when all is to stop. */
const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: stop }).catch(() => {});
