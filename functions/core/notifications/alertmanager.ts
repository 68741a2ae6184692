import { type Channel, type Fetch, postJson, reasonOf } from './channel.ts';
import { notificationsOfReport, type OutcomeReport } from './notification.ts';

/** An alert as `POST /api/v2/alerts` takes it. @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface PostableAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

/**
 * Outcomes as alerts, so that the operator's own routes carry them on. The request's id is a label because alerts with
 * the same labels are one alert: the second step would vanish; so would the second error of one request without a service,
 * whose id gets a number. An alert ends after `lifetimeMs`; with less than a route's group_wait it would be over before it
 * is sent.
 */
export function alertsOfReport(
  report: OutcomeReport,
  lifetimeMs: number,
  now: number,
): readonly PostableAlert[] {
  const seen = new Map<string, number>();
  return notificationsOfReport(report).map(({ alertname, service, status, summary, request }) => {
    const count = (seen.get(service) ?? 0) + 1;
    seen.set(service, count);
    return {
      labels: { alertname, service, status, id: count === 1 ? report.id : `${report.id}-${count}` },
      annotations: { summary, request },
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + lifetimeMs).toISOString(),
    };
  });
}

/**
 * Posts outcomes to every Alertmanager of a cluster, as Prometheus does; one that takes them is enough.
 * @param onFailure is told which of several did not
 */
export function createAlertmanagerChannel(options: {
  readonly addresses: readonly string[];
  readonly lifetimeMs: number;
  readonly fetch: Fetch;
  readonly now: () => number;
  readonly onFailure: (message: string) => void;
}): Channel {
  return {
    name: 'alertmanager',
    takesWebhooks: false,
    async deliver({ report }, signal) {
      if (report === undefined) return;
      const alerts = alertsOfReport(report, options.lifetimeMs, options.now());
      const posts = options.addresses.map(async (address) => {
        try {
          await postJson(options.fetch, `${address}/api/v2/alerts`, alerts, signal);
        } catch (error) {
          throw new Error(`${address}: ${reasonOf(error)}`, { cause: error });
        }
      });
      const failures = (await Promise.allSettled(posts)).flatMap((post) =>
        post.status === 'rejected' ? [post.reason] : [],
      );
      const message = failures.map((failure) => failure.message).join('; ');
      if (failures.length === posts.length) throw new Error(message);
      if (failures.length > 0) options.onFailure(message);
    },
  };
}
