import type { Logger } from '#core/logger.ts';
import { isError, type Outcome } from '#core/outcome.ts';

/** One line for each decision. */
export function logOutcome(log: Logger, outcome: Outcome, durationMs: number): void {
  const { service, direction, from, to, reason, message, warnings, dryRun } = outcome;
  const level = isError(outcome) ? 'error' : outcome.outcome === 'deferred' ? 'warn' : 'info';
  log[level](
    {
      service,
      direction,
      from,
      to,
      outcome: outcome.outcome,
      reason,
      durationMs: Math.round(durationMs * 10) / 10,
      ...(dryRun && { dryRun }),
      ...(warnings.length > 0 && { warnings }),
    },
    message,
  );
}
