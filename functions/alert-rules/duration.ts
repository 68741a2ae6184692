import { duration, type Parser, ValueError } from '#core/values.ts';

/** Prometheus counts nanoseconds in 63 bits. */
const LONGEST_MS = 9_223_372_036_854;

/** A duration that Prometheus can hold, in milliseconds; see {@link duration}. */
export const prometheusDuration: Parser<number> = (text) => {
  const milliseconds = duration(text);
  if (milliseconds <= LONGEST_MS) return milliseconds;
  throw new ValueError('a duration of less than 292 years');
};
