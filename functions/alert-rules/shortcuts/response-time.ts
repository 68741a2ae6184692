/** Shortcuts over the histogram `http_server_resp_time` (seconds), which the service itself exposes. */
import { defineShortcut, type ShortcutTable } from './shortcut.ts';
import { number, range, ratio } from './values.ts';

export const RESPONSE_TIME: ShortcutTable = new Map([
  [
    '@resp_time_above',
    defineShortcut({ seconds: number, range, ratio }, ({ service }, { seconds, range, ratio }) => ({
      expr: `${shareWithin(service, seconds, range)} < ${ratio}`,
      summary: `Response time of the service ${service} is above ${seconds}`,
      labels: { scale: 'up', type: 'service' },
    })),
  ],
  [
    '@resp_time_below',
    defineShortcut({ seconds: number, range, ratio }, ({ service }, { seconds, range, ratio }) => ({
      expr: `${shareWithin(service, seconds, range)} > ${ratio}`,
      summary: `Response time of the service ${service} is below ${seconds}`,
      labels: { scale: 'down', type: 'service' },
    })),
  ],
  [
    '@resp_time_server_error',
    defineShortcut({ range, ratio }, ({ service }, { range, ratio }) => ({
      expr:
        `sum(rate(http_server_resp_time_count{job="${service}",code=~"5.."}[${range}]))` +
        ` / sum(rate(http_server_resp_time_count{job="${service}"}[${range}])) > ${ratio}`,
      summary: `Error rate of the service ${service} is above ${ratio}`,
      labels: { type: 'errors' },
    })),
  ],
]);

/** The share of requests that were answered within so many seconds, which must be a bucket of the histogram. */
function shareWithin(service: string, seconds: string, range: string): string {
  return (
    `sum(rate(http_server_resp_time_bucket{job="${service}",${bucket(seconds)}}[${range}]))` +
    ` / sum(rate(http_server_resp_time_count{job="${service}"}[${range}]))`
  );
}

/**
 * A whole number of seconds is stored as `1` by Prometheus 2 and as `1.0` by Prometheus 3.
 * @see https://prometheus.io/docs/prometheus/latest/migration/
 */
const bucket = (seconds: string): string =>
  /^\d+$/.test(seconds) ? `le=~"${seconds}|${seconds}[.]0"` : `le="${seconds}"`;
