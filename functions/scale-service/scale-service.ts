import { randomBytes } from 'node:crypto';
import { type Decoded, decode } from '#core/alerts/decode.ts';
import type { Answer } from '#core/answer.ts';
import { apply } from '#core/apply/apply.ts';
import { outcomeOfFault } from '#core/apply/outcomes.ts';
import { createServiceQueue } from '#core/apply/service-queue.ts';
import type { Config } from '#core/config/settings.ts';
import { startDeadline } from '#core/deadline.ts';
import { callIdOf } from '#core/guard.ts';
import type { Logger } from '#core/logger.ts';
import type { Notify } from '#core/notifications/notify-client.ts';
import { createSelectNotifications, type Selection } from '#core/notifications/select.ts';
import type { FunctionEvent } from '#core/openfaas.ts';
import type { Outcome } from '#core/outcome.ts';
import type { Swarm } from '#core/swarm/swarm.ts';
import { answerFor } from './answer.ts';
import { logOutcome } from './log-outcome.ts';
import { sideBySide } from './side-by-side.ts';

export interface ScaleServiceDependencies {
  readonly swarm: Swarm;
  readonly config: Config;
  readonly notify: Notify;
  readonly logger: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** For all of the engine's calls of one request together, of the 9 s that it may take; `notify` gets 2 more. */
const ENGINE_BUDGET_MS = 6500;

/** The way of an alert: decode, apply (inspect, decide, update) for each service, notify, answer. */
export function createScaleService(
  dependencies: ScaleServiceDependencies,
): (event: FunctionEvent) => Promise<Answer> {
  const { swarm, config, logger, now } = dependencies;
  const inTurn = createServiceQueue();
  const select = createSelectNotifications(config, now);

  return async (event) => {
    const id = randomBytes(6).toString('hex');
    const log = logger.child({ requestId: id, callId: callIdOf(event) });
    const deadline = startDeadline(ENGINE_BUDGET_MS);

    const decoded = decode(event);
    const unapplied = outcomesWithoutRequest(decoded);
    for (const outcome of unapplied) logOutcome(log, outcome, 0);
    const applied = await sideBySide(decoded.requests, async (request) => {
      const startedAt = performance.now();
      const outcome = await inTurn(request.service, () =>
        apply(request, { swarm, config, deadline, id, now }),
      ).catch((error: unknown) => outcomeOfFault(request, error));
      logOutcome(log, outcome, performance.now() - startedAt);
      return outcome;
    });
    const outcomes = [...applied, ...unapplied];

    const notified = await tell(id, select(outcomes), dependencies.notify, log);
    return answerFor(outcomes, { warnings: decoded.warnings, notified, dryRun: isRehearsal(decoded) });
  };
}

/** What was asked in a way that cannot be read, and what asks for nothing. */
function outcomesWithoutRequest({ rejections, held, dryRun }: Decoded): readonly Outcome[] {
  const common = { request: 'Incorrect request', warnings: [], dryRun };
  const rejected = rejections.map(
    (rejection) =>
      ({ ...common, ...rejection, outcome: 'rejected', reason: 'bad-request' }) satisfies Outcome,
  );
  return held ? [{ ...common, ...held, request: 'Nothing', outcome: 'held' }, ...rejected] : rejected;
}

const isRehearsal = ({ requests, dryRun }: Decoded): boolean =>
  dryRun || (requests.length > 0 && requests.every((request) => request.dryRun));

/** The scaling stands, whether people can be told or not. */
async function tell(
  id: string,
  { outcomes, undo }: Selection,
  notify: Notify,
  log: Logger,
): Promise<boolean> {
  if (outcomes.length === 0) return false;
  try {
    const notified = await notify({ id, outcomes });
    if (!notified) undo();
    return notified;
  } catch (error) {
    undo();
    log.error(
      { reason: 'notify-failed' },
      `People could not be told: ${error instanceof Error ? error.message : error}`,
    );
    return false;
  }
}
