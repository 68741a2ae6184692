import type { Direction, RequestedStep } from '#core/alerts/scale-request.ts';
import type { Step } from '#core/values.ts';

/** The arithmetic of counts: never against the direction, never further out of the bounds. */

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/**
 * The count after one step. Where several alerts ask for steps of different size, the highest count wins in both
 * directions, as with Kubernetes' autoscaler and several metrics.
 * @example replicasAfterStep(3, 'up', [{ kind: 'percent', percent: 50 }], { min: 1, max: 10 }, labelled) // 5
 */
export function replicasAfterStep(
  current: number,
  direction: Direction,
  steps: readonly RequestedStep[],
  bounds: Bounds,
  labelled: Step,
): number {
  const sizes = steps.map((step) => sizeOf(step.kind === 'labelled' ? labelled : step, current));
  const pick = (choose: (one: number, other: number) => number): number =>
    sizes.reduce((one, other) => choose(one, other));
  return direction === 'up'
    ? Math.max(current, Math.min(Math.max(current + pick(Math.max), bounds.min), bounds.max))
    : Math.min(current, Math.max(current - pick(Math.min), bounds.min));
}

function sizeOf(step: Step, current: number): number {
  return step.kind === 'count' ? step.count : Math.max(1, Math.ceil((current * step.percent) / 100));
}

/** The count for an absolute target: inside the bounds, but never past `current` to the other side of it. */
export function replicasForTarget(current: number, target: number, { min, max }: Bounds): number {
  const clamped = Math.min(Math.max(target, min), max);
  return target > current ? Math.max(current, clamped) : Math.min(current, clamped);
}
