import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer, and gives it.
 * @throws {Error} that says what was waited for, and the last failure, once the time is up
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 20_000, intervalMs = 100 } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  let failure = '';
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      failure = `; last failure: ${error instanceof Error ? error.message : error}`;
    }
    await sleep(intervalMs);
  }
  throw new Error(`Waited ${timeoutMs} ms for ${what}${failure}`);
}
