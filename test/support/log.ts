import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Logger } from '#core/logger.ts';

export interface RecordedLog {
  readonly logger: Logger;
  /** What was logged, line by line; levels are words. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** A real logger that writes into memory. */
export function recordLog(): RecordedLog {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return {
    logger: pino({ base: null, formatters: { level: (label) => ({ level: label }) } }, stream),
    lines,
  };
}
