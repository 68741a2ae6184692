import { type Fetch, postJson, reasonOf } from './channel.ts';

/** An alert as `POST /api/v2/alerts` takes it. @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface PostableAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface Alertmanagers {
  /** All members of a cluster. */
  readonly addresses: readonly string[];
  readonly fetch: Fetch;
  /** Is told which of several did not take alerts. */
  readonly onFailure: (message: string) => void;
}

/**
 * Posts alerts to every Alertmanager of a cluster, as Prometheus does; one that takes them is enough.
 * @throws {Error} when none does
 */
export async function postAlerts(
  { addresses, fetch, onFailure }: Alertmanagers,
  alerts: readonly PostableAlert[],
  signal: AbortSignal,
): Promise<void> {
  const posts = addresses.map(async (address) => {
    try {
      await postJson(fetch, `${address}/api/v2/alerts`, alerts, signal);
    } catch (error) {
      throw new Error(`${address}: ${reasonOf(error)}`, { cause: error });
    }
  });
  const failures = (await Promise.allSettled(posts)).flatMap((post) =>
    post.status === 'rejected' ? [post.reason] : [],
  );
  const message = failures.map((failure) => failure.message).join('; ');
  if (failures.length === posts.length) throw new Error(message);
  if (failures.length > 0) onFailure(message);
}
