import type { Direction } from '#core/alerts/scale-request.ts';
import { compileSchema } from '#core/compile-schema.ts';

/**
 * The memory that lies on the service itself, in one label: the last step in each direction and the ids of the requests
 * that were applied lately. It is written in the same version-checked update as the count, so that Swarm's store is lock
 * and memory for any number of scalers. A `docker stack deploy` wipes it, which must do no harm.
 */
export const SCALE_STATE_LABEL = 'com.df.scaleState';

export interface LastStep {
  /** ISO 8601. */
  readonly at: string;
  readonly from: number;
  readonly to: number;
  readonly cause: string;
}

interface AppliedRequest {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface ScaleState {
  readonly up?: LastStep;
  readonly down?: LastStep;
  /** The oldest first. */
  readonly applied: readonly AppliedRequest[];
}

const NO_STATE: ScaleState = { applied: [] };

/** How long, and how many at the most, ids of applied requests are kept: what a lost answer is looked up in. */
const APPLIED_MS = 60_000;
export const MOST_APPLIED = 16;

// What is no time is caught later on, as NaN; here it is the shape that counts.
const lastStep = {
  type: 'object',
  required: ['at', 'from', 'to', 'cause'],
  properties: {
    at: { type: 'string' },
    from: { type: 'integer' },
    to: { type: 'integer' },
    cause: { type: 'string' },
  },
} as const;

const SCHEMA = {
  type: 'object',
  required: ['applied'],
  properties: {
    up: lastStep,
    down: lastStep,
    applied: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'at'],
        properties: { id: { type: 'string' }, at: { type: 'string' } },
      },
    },
  },
};

const isScaleState = compileSchema<ScaleState>(SCHEMA);

/** Reads the label; a missing or unreadable one is no state, and the latter is told by `isUnreadable`. */
export function readScaleState(labels: Readonly<Record<string, string>>): {
  readonly state: ScaleState;
  readonly isUnreadable: boolean;
} {
  const text = labels[SCALE_STATE_LABEL];
  if (text === undefined) return { state: NO_STATE, isUnreadable: false };
  try {
    const value: unknown = JSON.parse(text);
    if (isScaleState(value)) return { state: value, isUnreadable: false };
  } catch {
    // Not JSON: unreadable, as below.
  }
  return { state: NO_STATE, isUnreadable: true };
}

/** One applied step. */
export interface Step {
  readonly direction: Direction;
  readonly from: number;
  readonly to: number;
  readonly cause: string;
  /** The request's id. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The label's text once a step was made. */
export function recordStep(state: ScaleState, { direction, from, to, cause, id, now }: Step): string {
  const at = new Date(now).toISOString();
  const recent = state.applied.filter((applied) => Math.abs(now - Date.parse(applied.at)) < APPLIED_MS);
  const next: ScaleState = {
    ...state,
    [direction]: { at, from, to, cause },
    applied: [...recent, { id, at }].slice(-MOST_APPLIED),
  };
  return JSON.stringify(next);
}
