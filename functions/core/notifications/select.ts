import type { Config } from '#core/config/settings.ts';
import { isError, type Outcome } from '#core/outcome.ts';
import { NO_SERVICE, type ReportedOutcome } from './notification.ts';

/** Chooses the outcomes that people should hear of. */
export type SelectNotifications = (outcomes: readonly Outcome[]) => readonly ReportedOutcome[];

/** The same error is told at most once in this time. */
const REPEAT_MS = 10 * 60_000;
/** Two starts this close together are one update: the orchestrator dates it a little later than we first see it. */
const SAME_UPDATE_MS = 10_000;
/** The memory is emptied of old entries once it has grown to this. */
const MANY_ENTRIES = 1000;

/**
 * Remembers, in this process, which errors and which deferrals were told already.
 * @param now milliseconds since the epoch
 */
export function createSelectNotifications(
  config: Pick<Config, 'ALERT_SCALE_MAX' | 'ALERT_SCALE_MIN'>,
  now: () => number,
): SelectNotifications {
  const errors = new Map<string, number>();
  const updates = new Map<string, number>();

  const isRepeated = ({ outcome, service, reason, message }: Outcome): boolean => {
    // The words of a failing engine differ each time, as "did not answer within 1s437ms" does.
    const key = JSON.stringify([service, reason, outcome === 'failed' ? '' : message]);
    const toldAt = errors.get(key);
    if (toldAt !== undefined && now() - toldAt < REPEAT_MS) return true;
    remember(errors, key, now(), now() - REPEAT_MS);
    return false;
  };

  const isKnownUpdate = ({ service = NO_SERVICE, updateStartedAt = 0 }: Outcome): boolean => {
    const known = updates.get(service);
    if (known !== undefined && Math.abs(updateStartedAt - known) < SAME_UPDATE_MS) return true;
    remember(updates, service, updateStartedAt, now() - 24 * 3_600_000);
    return false;
  };

  const statusOf = (outcome: Outcome): ReportedOutcome['status'] | undefined => {
    if (outcome.dryRun) return undefined;
    if (isError(outcome)) return isRepeated(outcome) ? undefined : 'error';
    if (outcome.outcome === 'scaled') return 'success';
    if (outcome.outcome === 'deferred') return isKnownUpdate(outcome) ? undefined : 'pending';
    const isWanted =
      (outcome.reason === 'at-maximum' && config.ALERT_SCALE_MAX) ||
      (outcome.reason === 'at-minimum' && config.ALERT_SCALE_MIN);
    return isWanted ? 'success' : undefined;
  };

  return (outcomes) =>
    outcomes.flatMap((outcome) => {
      const status = statusOf(outcome);
      return status ? [report(outcome, status)] : [];
    });
}

function remember(memory: Map<string, number>, key: string, time: number, oldest: number): void {
  if (memory.size >= MANY_ENTRIES) {
    for (const [old, at] of memory) if (at < oldest) memory.delete(old);
  }
  if (memory.size >= MANY_ENTRIES) memory.clear();
  memory.set(key, time);
}

function report(outcome: Outcome, status: ReportedOutcome['status']): ReportedOutcome {
  const { service = NO_SERVICE, request, message, reason, direction, from, to, min, max } = outcome;
  const known = { direction, from, to, min, max };
  // What is undefined is left out, as JSON would have it.
  return JSON.parse(
    JSON.stringify({
      status,
      service,
      request,
      summary: message,
      outcome: outcome.outcome,
      reason,
      ...known,
    }),
  );
}
