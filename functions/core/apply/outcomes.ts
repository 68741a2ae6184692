import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import type { Outcome } from '#core/outcome.ts';
import type { Decision, ScaleDecision } from '#core/scaling/decision.ts';
import type { SwarmError } from '#core/swarm/swarm.ts';
import { printable } from '#core/values.ts';

/** The ways in which a request for one service can end. */

const OUTCOME_OF = { scale: 'scaled', hold: 'held', defer: 'deferred', reject: 'rejected' } as const;

export function outcomeOfDecision(request: ScaleRequest, decision: Decision): Outcome {
  const { kind, message, ...known } = decision;
  const isRehearsal = request.dryRun && kind === 'scale';
  return {
    ...base(request),
    ...known,
    outcome: OUTCOME_OF[kind],
    message: isRehearsal ? `${message} (dry run: nothing was changed)` : message,
  };
}

export function outcomeOfError(request: ScaleRequest, error: SwarmError): Outcome {
  switch (error.kind) {
    case 'conflict':
      // Only an update can be one, and it is then made anew.
      throw error;
    case 'not-found':
      return {
        ...base(request),
        outcome: 'rejected',
        reason: 'not-found',
        message: `No such service: ${request.service}`,
      };
    case 'refused':
      return {
        ...base(request),
        outcome: 'rejected',
        reason: 'refused',
        message: `${request.service} was not scaled: ${error.message}`,
      };
    case 'not-a-manager':
    case 'unreachable':
    case 'unanswered':
      return {
        ...base(request),
        outcome: 'failed',
        reason: error.kind,
        message: `${request.service} was not scaled: ${error.message}`,
      };
    default:
      return error.kind satisfies never;
  }
}

/** @param trouble what the time went by with, if anything went wrong */
export function outcomeOfDeadline(request: ScaleRequest, trouble: SwarmError | undefined): Outcome {
  const words = trouble ? `; the last trouble: ${trouble.message}` : '';
  const message = `${request.service} was not scaled: the time for one request ran out before anything was changed${words}`;
  return { ...base(request), outcome: 'failed', reason: 'deadline', message };
}

export function outcomeOfLostAnswer(
  request: ScaleRequest,
  { direction, from, to, min, max }: ScaleDecision,
): Outcome {
  const message = `${request.service} may or may not have been scaled from ${from} to ${to} replicas: the engine's answer was lost; it is not tried again, please look`;
  return {
    ...base(request),
    outcome: 'unknown',
    reason: 'lost-answer',
    direction,
    from,
    to,
    min,
    max,
    message,
  };
}

/** A fault of ours: it must not take the outcomes of the other services with it. */
export function outcomeOfFault(request: ScaleRequest, error: unknown): Outcome {
  const message = `${request.service}: an unexpected error, please report it: ${printable(error instanceof Error ? error.message : error)}`;
  return { ...base(request), outcome: 'failed', reason: 'fault', message };
}

function base(request: ScaleRequest) {
  const { service, dryRun } = request;
  const asked = request.kind === 'step' ? request.direction : `to ${request.target}`;
  return {
    service,
    dryRun,
    request: `Scale service ${asked}: ${service}`,
    direction: request.direction,
    warnings: [],
  } as const;
}
