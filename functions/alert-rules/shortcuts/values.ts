/** The kinds of values that shortcuts take, each as the text that goes into PromQL. */
import { duration, type Parser, ValueError } from '#core/values.ts';

const DECIMAL = /^(?:\d+(?:\.\d+)?|\.\d+)$/;

/** A number that is not negative, in its shortest form: `0.10` → `0.1`. */
export const number: Parser<string> = (text) => {
  if (DECIMAL.test(text) && Number.isFinite(Number(text))) return String(Number(text));
  throw new ValueError('a number such as 0.1 or 20');
};

/** A share of a whole, from 0 to 1. */
export const ratio: Parser<string> = (text) => {
  if (DECIMAL.test(text) && Number(text) <= 1) return String(Number(text));
  throw new ValueError('a ratio from 0 to 1, such as 0.8 for 80%');
};

/** How far a rate looks back: a duration with its unit, above zero. */
export const range: Parser<string> = (text) => {
  if (duration(text) > 0 && /\D/.test(text)) return text;
  throw new ValueError('a duration above zero with its unit, such as 90s, 5m or 1h30m');
};

/** The name of a metric. */
export const metric: Parser<string> = (text) => {
  if (/^[A-Za-z_:][\w:]*$/.test(text)) return text;
  throw new ValueError('the name of a metric, such as my_queue_length');
};
