import type { Channel } from './channel.ts';
import { notificationsOfReport, type OutcomeReport } from './notification.ts';
import { type Alertmanagers, type PostableAlert, postAlerts } from './post-alerts.ts';

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

/** Posts outcomes as alerts, each for `lifetimeMs`. */
export function createAlertmanagerChannel({
  lifetimeMs,
  now,
  ...alertmanagers
}: Alertmanagers & { readonly lifetimeMs: number; readonly now: () => number }): Channel {
  return {
    name: 'alertmanager',
    takesWebhooks: false,
    async deliver({ report }, signal) {
      if (report === undefined) return;
      await postAlerts(alertmanagers, alertsOfReport(report, lifetimeMs, now()), signal);
    },
  };
}
