import type { Direction } from '#core/alerts/scale-request.ts';

/** What to do with one request, as data: the reason is for programs, the message for people. */
export type Decision = ScaleDecision | HoldDecision | DeferDecision | RejectDecision;

interface Explained {
  readonly message: string;
  readonly warnings: readonly string[];
  readonly direction?: Direction | undefined;
  readonly from?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface ScaleDecision extends Explained {
  readonly kind: 'scale';
  readonly reason: 'step' | 'target';
  readonly direction: Direction;
  readonly from: number;
  readonly to: number;
}

export interface HoldDecision extends Explained {
  readonly kind: 'hold';
  readonly reason:
    | 'at-maximum'
    | 'at-minimum'
    | 'unchanged'
    | 'stopped'
    | 'cooldown'
    | 'update-paused'
    | 'update-stuck';
}

export interface DeferDecision extends Explained {
  readonly kind: 'defer';
  readonly reason: 'update-in-progress';
  /** Tells one update from the next: its start, in milliseconds since the epoch. */
  readonly updateStartedAt: number | undefined;
}

export interface RejectDecision extends Explained {
  readonly kind: 'reject';
  readonly reason: 'mode' | 'filtered' | 'bad-label' | 'contradiction';
}
