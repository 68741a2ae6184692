import { setTimeout as sleep } from 'node:timers/promises';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import type { Deadline } from '#core/deadline.ts';
import type { Outcome } from '#core/outcome.ts';
import { type DecideConfig, decide } from '#core/scaling/decide.ts';
import type { ScaleDecision } from '#core/scaling/decision.ts';
import { findStep } from '#core/scaling/lost-answer.ts';
import { readScaleState, recordStep, SCALE_STATE_LABEL } from '#core/scaling/scale-state.ts';
import { type Service, type Swarm, SwarmError } from '#core/swarm/swarm.ts';
import { outcomeOfDeadline, outcomeOfDecision, outcomeOfError, outcomeOfLostAnswer } from './outcomes.ts';

export interface ApplyContext {
  readonly swarm: Swarm;
  readonly config: DecideConfig;
  /** For all of the engine's calls together. */
  readonly deadline: Deadline;
  /** The request's id: what a step is found again by when the engine's answer was lost. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An update that was sent; whether it was made is not known unless its answer came. */
interface Attempt {
  readonly service: Service;
  readonly decision: ScaleDecision;
  readonly at: number;
}

/** One call may take this long, so that a call that hangs leaves time to look what became of it. */
const LONGEST_CALL_MS = 2500;
/** Kept back when an update is sent, to read the service again should the answer be lost. */
const READ_BACK_MS = 500;
/** With less than this left, no further update is sent. */
const SHORTEST_UPDATE_MS = 100;
const MOST_FAILED_READS = 3;

/**
 * Makes exactly one step, or none: inspect, decide, update at the version that was inspected. A lost race starts again
 * from the inspection and decides anew; a lost answer is looked up on the service before anything is sent again.
 * It does not throw for anything that an engine can do.
 */
export async function apply(request: ScaleRequest, context: ApplyContext): Promise<Outcome> {
  const { swarm, config, deadline, id, now } = context;
  let lost: readonly Attempt[] = [];
  let trouble: SwarmError | undefined;
  let failedReads = 0;
  for (let round = 0; ; round += 1) {
    if (round > 0) await sleep(pauseMs(round, deadline));
    if (deadline.remainingMs() === 0)
      return lost[0] ? outcomeOfLostAnswer(request, lost[0].decision) : outcomeOfDeadline(request, trouble);

    let service: Service;
    try {
      service = await swarm.inspectService(request.service, { timeoutMs: callTimeoutMs(deadline) });
    } catch (error) {
      trouble = requireSwarmError(error);
      failedReads += 1;
      if (isWorthReadingAgain(trouble, lost.length > 0, failedReads)) continue;
      return lost[0] ? outcomeOfLostAnswer(request, lost[0].decision) : outcomeOfError(request, trouble);
    }

    const [first] = lost;
    if (first) {
      const verdict = findStep(id, first.service, service);
      if (verdict.kind === 'unknown') return outcomeOfLostAnswer(request, first.decision);
      if (verdict.kind === 'made')
        return outcomeOfDecision(request, attemptAt(verdict.at, lost) ?? first.decision);
      // At a version that is gone the engine makes no update any more, however late it gets to it.
      lost = lost.filter((attempt) => attempt.service.version === service.version);
    }

    const decision = decide(request, service, config, now());
    if (decision.kind !== 'scale' || request.dryRun) return outcomeOfDecision(request, decision);

    const timeoutMs = callTimeoutMs(deadline, READ_BACK_MS);
    if (timeoutMs < SHORTEST_UPDATE_MS) {
      // One that may still be made late leaves an order unknown: a person would repeat it. An alert comes back by itself, and
      // is held by its cooldown if the step was made.
      const [pending] = request.origin === 'order' ? lost : [];
      return pending ? outcomeOfLostAnswer(request, pending.decision) : outcomeOfDeadline(request, trouble);
    }
    const attempt = { service, decision, at: now() };
    try {
      await swarm.updateService(service, changeFor(request, attempt, id), { timeoutMs });
      return outcomeOfDecision(request, decision);
    } catch (error) {
      trouble = requireSwarmError(error);
      if (trouble.kind === 'unanswered') lost = [...lost, attempt];
      else if (trouble.kind !== 'conflict' && lost.length === 0) return outcomeOfError(request, trouble);
    }
  }
}

/** Reading is free of consequences; once an update may have been made, it is the only way to know. */
function isWorthReadingAgain({ kind }: SwarmError, hasLostAnswer: boolean, failedReads: number): boolean {
  if (kind === 'not-found' || kind === 'refused') return false;
  return hasLostAnswer || (kind === 'unanswered' && failedReads < MOST_FAILED_READS);
}

/** @throws whatever else went wrong: a fault of ours */
function requireSwarmError(error: unknown): SwarmError {
  if (error instanceof SwarmError) return error;
  throw error;
}

function changeFor(request: ScaleRequest, { service, decision, at }: Attempt, id: string) {
  const { state } = readScaleState(service.labels);
  const { direction, from, to } = decision;
  const value = recordStep(state, { direction, from, to, cause: request.cause, id, now: at });
  return { replicas: to, label: { key: SCALE_STATE_LABEL, value } };
}

function attemptAt(at: string, attempts: readonly Attempt[]): ScaleDecision | undefined {
  return attempts.find((attempt) => new Date(attempt.at).toISOString() === at)?.decision;
}

function callTimeoutMs(deadline: Deadline, keptBackMs = 0): number {
  return Math.min(LONGEST_CALL_MS, deadline.remainingMs() - keptBackMs);
}

/** Longer with every round and never the same twice, so that scalers that raced do not race again. */
function pauseMs(round: number, deadline: Deadline): number {
  const longest = Math.min(300, 10 * 2 ** round);
  return Math.min(deadline.remainingMs(), longest * (0.5 + Math.random() / 2));
}
