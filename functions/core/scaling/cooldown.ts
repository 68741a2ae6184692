import type { Direction } from '#core/alerts/scale-request.ts';
import { formatDuration } from '#core/values.ts';
import type { LastStep, ScaleState } from './scale-state.ts';

/** Whether a step has to wait, as a message, and what is odd about the record of the last steps. */
export interface Cooldown {
  readonly message: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Looks whether an alert's step has to wait: a step up waits for the last step up, a step down for the last step in either
 * direction. A last step that lies further in the future than the cooldown is a wrong clock: it is ignored, with a warning.
 */
export function checkCooldown(
  name: string,
  direction: Direction,
  cooldownMs: number,
  state: ScaleState,
  now: number,
): Cooldown {
  const steps = (direction === 'up' ? (['up'] as const) : (['up', 'down'] as const)).flatMap((last) => {
    const step = state[last];
    const at = Date.parse(step?.at ?? '');
    return step === undefined || Number.isNaN(at) ? [] : [{ last, step, at }];
  });
  const isOdd = ({ at }: { readonly at: number }): boolean => at - now > cooldownMs;
  const [latest] = steps
    .filter((step) => !isOdd(step) && now - step.at < cooldownMs)
    .toSorted((one, other) => other.at - one.at);
  return {
    message: latest && describe(name, direction, cooldownMs, { ...latest, endsAt: latest.at + cooldownMs }),
    warnings: steps
      .filter(isOdd)
      .map(
        ({ last, step }) =>
          `${name}: the last step ${last} is recorded at ${step.at}, in the future: ignored; check the managers' clocks`,
      ),
  };
}

function describe(
  name: string,
  direction: Direction,
  cooldownMs: number,
  { last, step, endsAt }: { last: Direction; step: LastStep; endsAt: number },
): string {
  const next = new Date(endsAt).toISOString();
  return `${name} is in its cooldown of ${formatDuration(cooldownMs)}: last step ${last} (${step.from} to ${step.to}) at ${step.at}, next step ${direction} not before ${next}`;
}
