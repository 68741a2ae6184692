import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';

/** What JavaScript takes and RE2, the engine of Prometheus, does not: looking around, other escapes, long repeats. */
const NOT_IN_RE2 = /\(\?<?[=!]|\\(?![ABCDEPQSWabdfnprstvwxz0])[A-Za-z1-9]|\{\d{4,}/;

/**
 * Reads a regular expression of a label matcher, which always stands for the whole value. RE2's own notations are
 * translated as far as they are in use (`(?i)`, `(?P<name>…)`); this is a check for slips, not a second RE2.
 * @throws {RuleError}
 */
export function readRegExp(pattern: string): RegExp {
  const unescaped = pattern.replace(/\\\\/g, '');
  if (NOT_IN_RE2.test(unescaped)) {
    throw new RuleError(`the regular expression ${quoted(pattern)} is not in the syntax of RE2`);
  }
  const translated = pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\(\?[imsU-]+:/g, '(?:');
  try {
    return new RegExp(`^(?:${translated})$`, 's');
  } catch (error) {
    throw new RuleError(`the regular expression ${quoted(pattern)} cannot be read`, { cause: error });
  }
}
