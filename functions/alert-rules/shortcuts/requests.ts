/** Shortcuts over the number of requests, as the histogram `http_server_resp_time` of the service counts them. */
import { type AlertContext, defineShortcut, type ShortcutTable } from './shortcut.ts';
import { number, range } from './values.ts';

const DOWN = { scale: 'down', type: 'service' };

export const REQUESTS: ShortcutTable = new Map([
  [
    '@idle',
    defineShortcut({ range }, (context, { range }) => ({
      expr: `${requestsOrNone(context, range)} == 0 and min(up{job="${context.service}"}) == 1`,
      summary: `The service ${context.service} got no request for ${range}`,
      labels: DOWN,
    })),
  ],
  [
    '@requests_above',
    defineShortcut({ number, range }, (context, { number, range }) => ({
      expr: `${requests(context, range)} / ${tasks(context)} > ${number}`,
      summary: `Requests per second and replica of the service ${context.service} are above ${number}`,
      labels: { scale: 'up', type: 'service' },
    })),
  ],
  [
    '@requests_below',
    defineShortcut({ number, range }, (context, { number, range }) => ({
      expr: `${requestsOrNone(context, range)} / ${tasks(context)} < ${number}`,
      summary: `Requests per second and replica of the service ${context.service} are below ${number}`,
      labels: DOWN,
    })),
  ],
]);

/** Requests per second of all replicas together. */
const requests = ({ service }: AlertContext, range: string): string =>
  `sum(rate(http_server_resp_time_count{job="${service}"}[${range}]))`;

/**
 * {@link requests}, and 0 where there is no such series yet, because a histogram with labels has none before its first
 * request. The service must have been scraped for the whole range, so that one that has just started is not idle.
 */
const requestsOrNone = (context: AlertContext, range: string): string =>
  `(${requests(context, range)} or 0 * sum(up{job="${context.service}"} offset ${range}))`;

/** The replicas that answer Prometheus; nothing, and so no alert, when none does. */
const tasks = ({ service }: AlertContext): string => `count(up{job="${service}"} == 1)`;
