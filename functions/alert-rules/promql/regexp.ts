import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';

/** What JavaScript takes and RE2, the engine of Prometheus, does not: looking around, other escapes, long repeats. */
const NOT_IN_RE2 = /\(\?<?[=!]|\\(?![ABCDEPQSWabdfnprstvwxz0])[A-Za-z1-9]|\{\d{4,}/;

/** Repeats inside repeats grow beyond any memory; RE2 stops them, JavaScript does not. */
const MOST_REPEATS = 100_000;

/**
 * Whether a regular expression of a label matcher, which always stands for the whole value, matches the empty one. RE2's
 * own notations are translated as far as they are in use (`(?i)`, `(?P<name>…)`); this is a check for slips, not a second RE2.
 * @throws {RuleError} when it cannot be read
 */
export function matchesEmptyText(pattern: string): boolean {
  const unescaped = pattern.replace(/\\\\/g, '');
  const repeats = [...unescaped.matchAll(/\{(?:\d*,)?(\d+)\}/g)];
  const product = repeats.reduce((sofar, [, count]) => sofar * Math.max(1, Number(count)), 1);
  if (NOT_IN_RE2.test(unescaped) || product > MOST_REPEATS) {
    throw new RuleError(`the regular expression ${quoted(pattern)} is not in the syntax of RE2`);
  }
  const translated = pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\(\?[imsU-]+:/g, '(?:');
  try {
    return new RegExp(`^(?:${translated})$`, 's').test('');
  } catch (error) {
    throw new RuleError(`the regular expression ${quoted(pattern)} cannot be read`, { cause: error });
  }
}
