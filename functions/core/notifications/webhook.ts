import { type Channel, type Fetch, postJson } from './channel.ts';

/** The outcomes as JSON, for programs: the report as it is, or the alerts of a webhook as notifications. */
export function createWebhookChannel(url: string, fetch: Fetch): Channel {
  return {
    name: 'webhook',
    takesWebhooks: true,
    async deliver({ report, notifications }, signal) {
      await postJson(fetch, url, report ?? { alerts: notifications }, signal);
    },
  };
}
