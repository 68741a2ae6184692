import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';

const ESCAPE = /\\(?:[abfnrtv\\"']|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g;

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The value of a string literal of PromQL.
 * @throws {RuleError} for what Prometheus refuses: an open end, or an escape that Go does not know, such as `"\d"`
 */
export function readString(literal: string): string {
  const quote = literal[0] ?? '';
  const inner = literal.slice(1, -1);
  if (literal.length < 2 || !literal.endsWith(quote)) {
    throw new RuleError(`the text ${quoted(literal)} has no end; expected a closing ${quote}`);
  }
  if (quote === '`') return inner;
  const rest = inner.replace(ESCAPE, (found) => (isForeignQuote(found, quote) ? found : ''));
  if (rest.includes('\\')) {
    throw new RuleError(
      `the text ${quoted(literal)} has an escape that Prometheus does not know; expected \\\\ for a backslash`,
    );
  }
  return inner.replace(ESCAPE, unescapeOne);
}

/** Go's rule: a quote may be escaped only inside quotes of its own kind. */
const isForeignQuote = (sequence: string, quote: string) =>
  /^\\["']$/.test(sequence) && sequence[1] !== quote;

function unescapeOne(sequence: string): string {
  const kind = sequence[1] ?? '';
  const code = /[xuU]/.test(kind)
    ? Number.parseInt(sequence.slice(2), 16)
    : Number.parseInt(sequence.slice(1), 8);
  if (!/[xuU0-7]/.test(kind)) return SIMPLE[kind] ?? kind;
  const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (isCharacter && (/[xuU]/.test(kind) || code <= 0xff)) return String.fromCodePoint(code);
  throw new RuleError(`${sequence} is no character`);
}
