import type { Direction } from '#core/alerts/scale-request.ts';
import type { HeldPayload } from './alerts/decode.ts';
import type { Decision } from './scaling/decision.ts';
import type { SwarmErrorKind } from './swarm/swarm.ts';

/**
 * What became of one service's part of a request. The same reason and message feed the answer, the log line, the
 * notification and the record on the service.
 */
export interface Outcome {
  readonly outcome: 'scaled' | 'held' | 'deferred' | 'rejected' | 'failed' | 'unknown';
  readonly reason: OutcomeReason;
  readonly message: string;
  readonly service?: string | undefined;
  /** What was asked, as people read it: `Scale service up: go-demo_main`. */
  readonly request: string;
  readonly direction?: Direction | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly warnings: readonly string[];
  readonly dryRun: boolean;
  /** Of a deferral: which update it waits for, by its start in milliseconds since the epoch. */
  readonly updateStartedAt?: number | undefined;
}

type OutcomeReason =
  | Decision['reason']
  | HeldPayload['reason']
  | Exclude<SwarmErrorKind, 'conflict'>
  | 'bad-request'
  | 'deadline'
  | 'lost-answer'
  | 'fault';

const REJECTED_STATUS: Readonly<Partial<Record<OutcomeReason, number>>> = {
  'bad-request': 400,
  contradiction: 400,
  'not-found': 404,
};

/**
 * The HTTP status that one outcome deserves, chosen for what Alertmanager makes of it: content with 200, back after its
 * group_interval with 4xx, and again within seconds with 503.
 */
export function statusOf({ outcome, reason }: Pick<Outcome, 'outcome' | 'reason'>): number {
  switch (outcome) {
    case 'scaled':
    case 'held':
    // Not known whether the step was made: it must not be repeated.
    case 'unknown':
      return 200;
    case 'rejected':
      return REJECTED_STATUS[reason] ?? 422;
    case 'deferred':
    case 'failed':
      return 503;
    default:
      return outcome satisfies never;
  }
}

/** Whether a person should hear that something is wrong. */
export function isError({ outcome, reason }: Pick<Outcome, 'outcome' | 'reason'>): boolean {
  if (outcome === 'held') return reason === 'update-paused' || reason === 'update-stuck';
  return outcome === 'rejected' || outcome === 'failed' || outcome === 'unknown';
}
