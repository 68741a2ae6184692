import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import type { Outcome } from '#core/outcome.ts';
import type { Decision, ScaleDecision } from '#core/scaling/decision.ts';
import { SwarmError } from '#core/swarm/swarm.ts';
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

export function outcomeOfError(request: ScaleRequest, error: unknown): Outcome {
  if (!(error instanceof SwarmError) || error.kind === 'conflict') throw error;
  switch (error.kind) {
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

export function outcomeOfDeadline(request: ScaleRequest): Outcome {
  const message = `${request.service} was not scaled: the time for one request ran out before anything was changed`;
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
