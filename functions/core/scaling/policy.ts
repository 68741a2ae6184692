import type { Direction } from '#core/alerts/scale-request.ts';
import type { Config } from '#core/config/settings.ts';
import {
  duration,
  flag,
  type Parser,
  quoted,
  type Step,
  step,
  ValueError,
  wholeNumber,
} from '#core/values.ts';

/** What a service's labels, and the defaults behind them, say about scaling it. Durations in milliseconds. */
export interface Policy {
  readonly min: number;
  readonly max: number;
  readonly step: Step;
  readonly cooldownMs: number;
  readonly duringUpdate: boolean;
  /** Labels that cannot be read but do not matter for this request. */
  readonly warnings: readonly string[];
}

export type PolicyConfig = Pick<
  Config,
  | 'MIN_SCALE_LABEL'
  | 'MAX_SCALE_LABEL'
  | 'SCALE_UP_BY_LABEL'
  | 'SCALE_DOWN_BY_LABEL'
  | 'SCALE_UP_COOLDOWN_LABEL'
  | 'SCALE_DOWN_COOLDOWN_LABEL'
  | 'SCALE_DURING_UPDATE_LABEL'
  | 'DEFAULT_MIN_REPLICAS'
  | 'DEFAULT_MAX_REPLICAS'
  | 'DEFAULT_SCALE_SERVICE_UP_BY'
  | 'DEFAULT_SCALE_SERVICE_DOWN_BY'
  | 'DEFAULT_SCALE_UP_COOLDOWN'
  | 'DEFAULT_SCALE_DOWN_COOLDOWN'
>;

/** A label that cannot be read, or bounds that contradict each other; the message names label, value and expectation. */
export class LabelError extends Error {
  override readonly name = 'LabelError';
}

type ServiceLabels = Readonly<Record<string, string>>;

/**
 * Reads the policy for one direction. Only the bounds and that direction's labels can block; the others become warnings.
 * `strict: false` is for a request that uses neither step nor cooldown, so that only the bounds can block it.
 * @throws {LabelError}
 */
export function readPolicy(
  labels: ServiceLabels,
  direction: Direction,
  config: PolicyConfig,
  { strict }: { readonly strict: boolean } = { strict: true },
): Policy {
  const warnings: string[] = [];
  const own = directionReader(labels, direction, config);
  const other = directionReader(labels, direction === 'up' ? 'down' : 'up', config);
  const tolerate = <T>(fallback: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof LabelError)) throw error;
      warnings.push(error.message);
      return fallback;
    }
  };
  const block = <T>(fallback: T, read: () => T): T => (strict ? read() : tolerate(fallback, read));

  const policy = {
    ...readBounds(labels, config),
    step: block(own.defaultStep, own.readStep),
    cooldownMs: block(own.defaultCooldownMs, own.readCooldownMs),
    duringUpdate: tolerate(false, () => readLabel(labels, config.SCALE_DURING_UPDATE_LABEL, flag, false)),
  };
  tolerate(other.defaultStep, other.readStep);
  tolerate(other.defaultCooldownMs, other.readCooldownMs);
  return { ...policy, warnings };
}

function readBounds(labels: ServiceLabels, config: PolicyConfig): { min: number; max: number } {
  const { MIN_SCALE_LABEL: minLabel, MAX_SCALE_LABEL: maxLabel } = config;
  const min = readLabel(labels, minLabel, wholeNumber(0), config.DEFAULT_MIN_REPLICAS);
  const max = readLabel(labels, maxLabel, wholeNumber(0), config.DEFAULT_MAX_REPLICAS);
  if (min > max) {
    const minName = minLabel in labels ? `label ${minLabel}` : 'DEFAULT_MIN_REPLICAS';
    const maxName = maxLabel in labels ? `label ${maxLabel}` : 'DEFAULT_MAX_REPLICAS';
    throw new LabelError(`${minName}="${min}" is above ${maxName}="${max}"; expected min ≤ max`);
  }
  return { min, max };
}

function directionReader(labels: ServiceLabels, direction: Direction, config: PolicyConfig) {
  const [stepLabel, defaultStep, cooldownLabel, defaultCooldownMs] =
    direction === 'up'
      ? ([
          config.SCALE_UP_BY_LABEL,
          config.DEFAULT_SCALE_SERVICE_UP_BY,
          config.SCALE_UP_COOLDOWN_LABEL,
          config.DEFAULT_SCALE_UP_COOLDOWN,
        ] as const)
      : ([
          config.SCALE_DOWN_BY_LABEL,
          config.DEFAULT_SCALE_SERVICE_DOWN_BY,
          config.SCALE_DOWN_COOLDOWN_LABEL,
          config.DEFAULT_SCALE_DOWN_COOLDOWN,
        ] as const);
  return {
    defaultStep,
    defaultCooldownMs,
    readStep: () => readLabel(labels, stepLabel, step, defaultStep),
    readCooldownMs: () => readLabel(labels, cooldownLabel, duration, defaultCooldownMs),
  };
}

function readLabel<T>(labels: ServiceLabels, key: string, parse: Parser<T>, fallback: T): T {
  const text = labels[key];
  if (text === undefined) return fallback;
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new LabelError(`label ${key}=${quoted(text)}: ${error.message}`, { cause: error });
  }
}
