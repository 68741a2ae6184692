import type { Notification, OutcomeReport } from './notification.ts';

/** What one call of `notify` delivers: a report of our own outcomes, or somebody else's alerts. */
export interface Delivery {
  readonly notifications: readonly Notification[];
  /** Undefined for a webhook of Alertmanager's. */
  readonly report: OutcomeReport | undefined;
}

/** A way to reach people. */
export interface Channel {
  readonly name: 'alertmanager' | 'slack' | 'webhook';
  /** Alertmanager's own webhooks must not go back to it: that would loop. */
  readonly takesWebhooks: boolean;
  /** @throws {Error} when the other side did not take it */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<void>;
}

/** The part of `fetch` that is used, so that tests can hand in their own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Posts JSON. The address may be a secret and stays out of the message.
 * @throws {Error} when there is no answer, or one without success
 */
export async function postJson(
  fetch: Fetch,
  url: string,
  body: unknown,
  signal: AbortSignal,
  headers = {},
): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    redirect: 'error',
    signal,
  });
  if (response.ok) return response;
  const words = (await response.text()).slice(0, 200);
  throw new Error(`answered HTTP ${response.status}: ${words}`);
}

/** The words of a failed `fetch`, whose own message is only "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
