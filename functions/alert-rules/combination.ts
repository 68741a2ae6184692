import type { Pairs } from './labels/pairs.ts';
import { RuleError } from './problem.ts';
import type { Expansion } from './shortcuts/shortcut.ts';

export type Operator = 'unless' | 'and' | 'or';

/** A shortcut in a combination; the first one has no operator before it. */
export interface Part {
  readonly operator: Operator | undefined;
  readonly expansion: Expansion;
}

/**
 * Joins parts into one expansion. Labels and annotations stay as far as the parts that can make the alert fire agree on
 * them, which is all but those behind `unless`; the summaries are joined by the operators.
 * @param hasOwnScale whether the alert's own labels say what to do about the scale
 * @throws {RuleError} when the parts disagree on the scale and the alert's own labels do not settle it
 */
export function combine(parts: readonly Part[], hasOwnScale: boolean): Expansion {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only.expansion;
  const firing = parts.filter(({ operator }) => operator !== 'unless').map(({ expansion }) => expansion);
  const labels = firing.map((expansion) => expansion.labels);
  if (!hasOwnScale) checkScale(labels);
  return {
    expr: parts.map(join(({ expr }) => `(${expr})`, EXPRESSION_OPERATORS)).join(' '),
    labels: agreed(labels),
    annotations: { ...agreed(firing.map(({ annotations }) => annotations)), ...joinedSummary(parts) },
  };
}

/**
 * `on()` lets each part count as a whole, true or not. Without it Prometheus would compare the labels of single series, and
 * `unless` would do nothing between a sum over a service and a figure for each container.
 */
const EXPRESSION_OPERATORS = { and: 'and on()', unless: 'unless on()', or: 'or' } as const;
const WORDS = { and: 'and', unless: 'unless', or: 'or' } as const;

const join =
  (text: (expansion: Expansion) => string, operators: Readonly<Record<Operator, string>>) =>
  ({ operator, expansion }: Part): string =>
    operator === undefined ? text(expansion) : `${operators[operator]} ${text(expansion)}`;

function joinedSummary(parts: readonly Part[]): Pairs {
  if (parts.some(({ expansion }) => expansion.annotations.summary === undefined)) return {};
  return { summary: parts.map(join(({ annotations }) => annotations.summary ?? '', WORDS)).join(' ') };
}

function agreed(all: readonly Pairs[]): Pairs {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => rest.every((pairs) => pairs[key] === value)),
  );
}

function checkScale(labels: readonly Pairs[]): void {
  const scales = [...new Set(labels.map(({ scale }) => scale ?? 'none'))];
  if (scales.length < 2) return;
  throw new RuleError(
    `the shortcuts disagree on the label scale (${scales.join(', ')}); expected alertLabels with scale=up, scale=down, or scale= for none`,
  );
}
