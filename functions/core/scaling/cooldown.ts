import type { Direction } from '#core/alerts/scale-request.ts';
import { formatDuration } from '#core/values.ts';
import type { LastStep, ScaleState } from './scale-state.ts';

/**
 * Tells, as a message, why an alert's step has to wait, or undefined when it may be made: a step up waits for the last
 * step up, a step down for the last step in either direction. A last step that lies further in the future than the
 * cooldown is a wrong clock: it is ignored, and a warning added.
 */
export function cooldownHold(
  name: string,
  direction: Direction,
  cooldownMs: number,
  state: ScaleState,
  now: number,
  warnings: string[],
): string | undefined {
  const relevant = direction === 'up' ? (['up'] as const) : (['up', 'down'] as const);
  const holds = relevant.flatMap((last) => {
    const step = state[last];
    const at = Date.parse(step?.at ?? '');
    if (step === undefined || Number.isNaN(at)) return [];
    if (at - now > cooldownMs) {
      warnings.push(
        `${name}: the last step ${last} is recorded at ${step.at}, in the future: ignored; check the managers' clocks`,
      );
      return [];
    }
    return now - at < cooldownMs ? [{ last, step, endsAt: at + cooldownMs }] : [];
  });
  const [latest] = holds.toSorted((one, other) => other.endsAt - one.endsAt);
  return latest && describe(name, direction, cooldownMs, latest);
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
