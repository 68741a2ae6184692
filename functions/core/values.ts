/**
 * The texts that people write into labels, environment variables and requests, read into values.
 * Every parser throws a {@link ValueError} that says what was expected; the caller knows whose value it was.
 */

/** A text that cannot be read. `expected` completes the sentence "expected …". */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  readonly expected: string;

  constructor(expected: string) {
    super(`expected ${expected}`);
    this.expected = expected;
  }
}

export type Parser<T> = (text: string) => T;

/** How far one step goes: a number of replicas, or a percentage of the current count. */
export type Step =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** A whole number from `minimum` up, in decimal digits only: no sign, no spaces, no exponent. */
export const wholeNumber =
  (minimum: number, maximum = Number.MAX_SAFE_INTEGER): Parser<number> =>
  (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    const upTo = maximum === Number.MAX_SAFE_INTEGER ? '' : ` and ≤ ${maximum}`;
    throw new ValueError(`a whole number ≥ ${minimum}${upTo}`);
  };

/** `2` (replicas) or `50%` (of the current count); both at least 1. */
export const step: Parser<Step> = (text) => {
  const [, digits = '', percent] = /^(\d+)(%?)$/.exec(text) ?? [];
  const value = Number(digits);
  if (digits === '' || value < 1 || !Number.isSafeInteger(value)) {
    throw new ValueError('a whole number ≥ 1 or a percentage such as 50%');
  }
  return percent ? { kind: 'percent', percent: value } : { kind: 'count', count: value };
};

/** `true` or `false`, nothing else. */
export const flag: Parser<boolean> = (text) => {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ValueError('true or false');
};

const DURATION_UNITS_MS = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};
/** Prometheus' own limit, 2^63 ns or some 292 years; it also keeps a date that far ahead one that can be written. */
const LONGEST_DURATION_MS = 2 ** 63 / 1e6;
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * A duration as Prometheus writes it (`90s`, `5m`, `1h30m`; the units in this order, each once), or a bare number of
 * seconds. In milliseconds.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */
export const duration: Parser<number> = (text) => {
  const units = Object.values(DURATION_UNITS_MS);
  const [, ...amounts] = DURATION.exec(/^\d+$/.test(text) ? `${text}s` : text) ?? [];
  const milliseconds = amounts.reduce(
    (sum, amount, index) => sum + Number(amount ?? 0) * (units[index] ?? 0),
    0,
  );
  if (text === '' || amounts.length === 0 || milliseconds > LONGEST_DURATION_MS) {
    throw new ValueError('a duration such as 90s, 5m or 1h30m');
  }
  return milliseconds;
};

/** A duration in Prometheus' units, days the largest: 90000 → `1m30s`. */
export function formatDuration(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const amount = Math.floor(rest / DURATION_UNITS_MS[unit]);
    rest -= amount * DURATION_UNITS_MS[unit];
    if (amount > 0) text += `${amount}${unit}`;
  }
  return text || '0s';
}

/** One of the given words. */
export const oneOf =
  <const Word extends string>(...words: readonly Word[]): Parser<Word> =>
  (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new ValueError(`one of ${words.join(', ')}`);
    return found;
  };

/** An http or https address, without a slash at its end. */
export const httpAddress: Parser<string> = (text) => {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new ValueError('an address such as http://host:9093');
  }
  return text.replace(/\/+$/, '');
};

/** At least one value, separated by commas; spaces around them and empty ones are dropped. */
export const listOf =
  <T>(parse: Parser<T>): Parser<readonly T[]> =>
  (text) => {
    const parts = text.split(',').map((part) => part.trim());
    const values = parts.filter((part) => part !== '').map(parse);
    if (values.length === 0) throw new ValueError('at least one value');
    return values;
  };

/** Any text of at least one character without white space: a label key. */
export const labelKey: Parser<string> = (text) => {
  if (/^\S+$/.test(text)) return text;
  throw new ValueError('a label key such as com.df.scaleMin');
};

const LONGEST_QUOTE = 200;

/** Ends of lines, what turns the direction of writing, and halves of characters, which not every reader of JSON takes. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

/**
 * A foreign value, of any kind that JSON has, as it may stand in a message: control characters out, cut at 200 characters.
 * Lists and objects are only hinted at: they may be nested deeper than the stack, or have a `toString` of their own.
 */
export function printable(value: unknown): string {
  const clean = textOf(value).replace(UNPRINTABLE, ' ');
  if (clean.length <= LONGEST_QUOTE) return clean;
  // The cut may go through a character of two code units, whose first half would stay.
  return `${clean.slice(0, LONGEST_QUOTE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? '[…]' : '{…}';
}

/** {@link printable} in double quotes. */
export const quoted = (value: unknown): string => `"${printable(value)}"`;
