import type { Config } from '#core/config/settings.ts';
import { isError, type Outcome } from '#core/outcome.ts';
import { NO_SERVICE, type ReportedOutcome } from './notification.ts';

/** Chooses the outcomes that people should hear of. */
export type SelectNotifications = (outcomes: readonly Outcome[]) => Selection;

export interface Selection {
  readonly outcomes: readonly ReportedOutcome[];
  /** Forgets that they were told, because they could not be. */
  undo(): void;
}

/** The same error is told at most once in this time. */
const REPEAT_MS = 10 * 60_000;
/** Two starts this close together are one update: the orchestrator dates it a little later than we first see it. */
const SAME_UPDATE_MS = 10_000;
/** Each memory starts anew once it has grown to this: telling twice is better than growing without end. */
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

  return (outcomes) => {
    const undos: (() => void)[] = [];
    /** False when it was told already. */
    const isNews = (memory: Map<string, number>, key: string, time: number, windowMs: number): boolean => {
      const known = memory.get(key);
      if (known !== undefined && Math.abs(time - known) < windowMs) return false;
      if (memory.size >= MANY_ENTRIES) memory.clear();
      memory.set(key, time);
      undos.push(() => memory.delete(key));
      return true;
    };
    const statusOf = (outcome: Outcome): ReportedOutcome['status'] | undefined => {
      if (outcome.dryRun) return undefined;
      if (outcome.outcome === 'scaled') return 'success';
      if (isError(outcome)) return isNews(errors, errorKey(outcome), now(), REPEAT_MS) ? 'error' : undefined;
      if (outcome.outcome === 'deferred') {
        const { service = NO_SERVICE, updateStartedAt = 0 } = outcome;
        return isNews(updates, service, updateStartedAt, SAME_UPDATE_MS) ? 'pending' : undefined;
      }
      const isWanted =
        (outcome.reason === 'at-maximum' && config.ALERT_SCALE_MAX) ||
        (outcome.reason === 'at-minimum' && config.ALERT_SCALE_MIN);
      return isWanted ? 'success' : undefined;
    };
    const selected = outcomes.flatMap((outcome) => {
      const status = statusOf(outcome);
      return status ? [report(outcome, status)] : [];
    });
    return {
      outcomes: selected,
      undo() {
        for (const undo of undos) undo();
      },
    };
  };
}

/** The words of a failing engine differ each time, as "did not answer within 1s437ms" does. */
const errorKey = ({ outcome, service, reason, message }: Outcome): string =>
  JSON.stringify([service, reason, outcome === 'failed' ? '' : message]);

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
