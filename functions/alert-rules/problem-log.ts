import type { Logger } from '#core/logger.ts';
import { printable } from '#core/values.ts';
import type { Problem } from './problem.ts';

/** Logs each problem when it appears, and not again while it stands: rules are made many times a minute. */
export function createProblemLog(logger: Logger): (problems: readonly Problem[]) => void {
  let known = new Set<string>();
  return (problems) => {
    const found = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
    for (const [key, { service, label, value, message }] of found) {
      if (known.has(key)) continue;
      logger.warn({ service, label, value: printable(value) }, `No rule was made: ${message}`);
    }
    known = new Set(found.keys());
  };
}
