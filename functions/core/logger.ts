import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config/settings.ts';

export type { Logger } from 'pino';

/** JSON lines on standard output, with `time` in ISO 8601 and `level` as a word. */
export function createLogger(level: Config['LOG_LEVEL']): Logger {
  return pino({
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
