import type { Direction, StepRequest, TargetRequest } from '#core/alerts/scale-request.ts';
import { type Step, step } from '#core/values.ts';

const base = { service: 'web', cause: 'alert cpu', dryRun: false } as const;

/** An alert that asks `web` for one step, by the given size or as its labels say. */
export const alertFor = (direction: Direction, by?: string): StepRequest => ({
  ...base,
  kind: 'step',
  origin: 'alert',
  direction,
  steps: [by === undefined ? { kind: 'labelled' } : (step(by) satisfies Step)],
});

/** The same as an explicit order. */
export const orderFor = (direction: Direction, by?: string): StepRequest => ({
  ...alertFor(direction, by),
  origin: 'order',
  cause: 'order',
});

/** An explicit order for an absolute count. */
export const orderTo = (target: number, direction?: Direction): TargetRequest => ({
  ...base,
  kind: 'target',
  origin: 'order',
  cause: 'order',
  target,
  direction,
});
