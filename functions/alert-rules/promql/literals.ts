/** Numbers, times and durations, as every Prometheus from version 2 on reads them. Each check throws a RuleError. */
import type { SyntaxNode } from '@lezer/common';
import { duration, quoted, ValueError } from '#core/values.ts';
import { RuleError } from '../problem.ts';
import { textOf } from './selector.ts';

/** Numbers as every Prometheus reads them; durations and underscores in their place came with its version 3. */
export function checkNumber(written: string): void {
  if (/^[-+]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf|nan)$/i.test(written)) return;
  throw new RuleError(`${quoted(written)} cannot stand for a number; expected one such as 300 or 1.5e3`);
}

/** As far as a time in milliseconds is a whole number of 53 bits. */
const LAST_SECOND = Number.MAX_SAFE_INTEGER / 1000;

/** The time behind an @, in seconds. */
export function checkTime(written: string): void {
  checkNumber(written);
  if (Math.abs(Number(written)) < LAST_SECOND) return;
  throw new RuleError(`${quoted(written)} is no time; expected seconds such as 1700000000`);
}

/** Only plain durations: calculations inside the brackets need a feature flag. */
export function checkDurations(node: SyntaxNode, text: string): void {
  for (const child of ['DurationExpr', 'OffsetDurationExpr'].flatMap((kind) => node.getChildren(kind))) {
    const written = textOf(child, text).trim();
    const isOffset = child.name === 'OffsetDurationExpr';
    if (!/[a-z]$/.test(written))
      throw new RuleError(`${quoted(written)} has no unit; expected a duration such as 5m`);
    const milliseconds = readDuration(isOffset ? written.replace(/^[-+]\s*/, '') : written);
    if (milliseconds === 0 && !isOffset) throw new RuleError(`the duration ${written} is not above zero`);
  }
}

function readDuration(written: string): number {
  try {
    return duration(written);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new RuleError(`${quoted(written)}: ${error.message}`, { cause: error });
  }
}
