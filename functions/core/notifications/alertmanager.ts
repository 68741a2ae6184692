import { type Channel, type Fetch, postJson, reasonOf } from './channel.ts';
import type { Notification, OutcomeReport } from './notification.ts';
import { notificationsOfReport } from './notification.ts';

/** An alert as `POST /api/v2/alerts` takes it. @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface PostableAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

/**
 * Outcomes as alerts, so that the operator's own routes carry them on. The request's id is a label because alerts with
 * the same labels are one alert: the second step would vanish. An alert ends after `lifetimeMs`; with less than a route's
 * group_wait it would be over before it is sent.
 */
export function alertsOfReport(
  report: OutcomeReport,
  lifetimeMs: number,
  now: number,
): readonly PostableAlert[] {
  return notificationsOfReport(report).map(
    ({ alertname, service, status, summary, request }: Notification) => ({
      labels: { alertname, service, status, id: report.id },
      annotations: { summary, request },
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + lifetimeMs).toISOString(),
    }),
  );
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
