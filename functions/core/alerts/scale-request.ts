import type { Step } from '#core/values.ts';

export type Direction = 'up' | 'down';

/** How far a step is asked to go; `labelled`: as the service's own labels say. */
export type RequestedStep = Step | { readonly kind: 'labelled' };

interface RequestBase {
  /** A service's name or full ID; it matches Swarm's own rule for names. */
  readonly service: string;
  /** An explicit order passes cooldowns; an alert does not. */
  readonly origin: 'alert' | 'order';
  /** What asked, for the record on the service: `alert godemo_main_resp_time_above`, `order`. */
  readonly cause: string;
  /** Decide and answer only. */
  readonly dryRun: boolean;
}

/** One step in a direction. Several alerts in one group may ask for steps of different size. */
export interface StepRequest extends RequestBase {
  readonly kind: 'step';
  readonly direction: Direction;
  readonly steps: readonly RequestedStep[];
}

/** An absolute count, clamped to the bounds; only an explicit order can ask for one. */
export interface TargetRequest extends RequestBase {
  readonly kind: 'target';
  readonly target: number;
  /** Given by the caller; it must not contradict the target. */
  readonly direction?: Direction | undefined;
}

/** What one payload asks of one service. */
export type ScaleRequest = StepRequest | TargetRequest;
