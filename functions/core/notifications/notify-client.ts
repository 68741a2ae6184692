import { type Fetch, postJson, reasonOf } from './channel.ts';
import type { OutcomeReport } from './notification.ts';

/** Hands a report to `notify`; true when people were told. @throws {Error} when it could not be handed over */
export type Notify = (report: OutcomeReport) => Promise<boolean>;

/** How long `notify` may take, with the calls that it makes itself. */
const NOTIFY_BUDGET_MS = 2000;

/** Calls the function `notify` through the gateway, with the same credentials as everybody else. */
export function createGatewayNotify(gatewayUrl: string, token: string | undefined, fetch: Fetch): Notify {
  const url = `${gatewayUrl}/function/notify`;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return async (report) => {
    try {
      const response = await postJson(fetch, url, report, AbortSignal.timeout(NOTIFY_BUDGET_MS), headers);
      const { notified } = (await response.json()) as { notified?: unknown };
      return notified === true;
    } catch (error) {
      throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
    }
  };
}
