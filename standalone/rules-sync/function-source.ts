import { type Fetch, reasonOf } from '#core/notifications/channel.ts';
import { printable } from '#core/values.ts';
import type { RuleSource } from './rule-source.ts';
import { within } from './within.ts';

/** The function has 9 s, and the gateway 10. */
const ANSWER_MS = 10_000;
/** Nobody tells of changes here, and a label is to be followed within 5 s. */
const INTERVAL_MS = 3000;

/** Asks the function `alert-rules`, through the gateway or the standalone server. */
export function createFunctionSource(url: string, token: string | undefined, fetch: Fetch): RuleSource {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    intervalMs: INTERVAL_MS,
    async read(stop) {
      try {
        return await within(ANSWER_MS, stop, async (signal) => {
          const response = await fetch(url, { headers, redirect: 'error', signal });
          return requireRules(response, await response.text());
        });
      } catch (error) {
        throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
      }
    },
  };
}

/** A gateway's own page may come with 200 as well. */
function requireRules({ status, headers }: Response, text: string): string {
  const type = headers.get('content-type') ?? '';
  if (status === 200 && type.startsWith('application/yaml')) return text;
  throw new Error(
    `answered HTTP ${status} (${printable(type)}): ${printable(text.trim())}; expected a rule file`,
  );
}
