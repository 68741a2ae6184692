import type { Secrets } from '#core/config/secrets.ts';
import type { Config } from '#core/config/settings.ts';
import type { Logger } from '#core/logger.ts';
import { createAlertmanagerChannel } from './alertmanager.ts';
import type { Channel, Fetch } from './channel.ts';
import { createSlackChannel } from './slack.ts';
import { createWebhookChannel } from './webhook.ts';

/** All channels that are configured. */
export function createChannels(
  config: Config,
  secrets: Secrets,
  logger: Logger,
  fetch: Fetch,
): readonly Channel[] {
  const channels: Channel[] = [];
  if (config.ALERTMANAGER_ADDRESS) {
    channels.push(
      createAlertmanagerChannel({
        addresses: config.ALERTMANAGER_ADDRESS,
        lifetimeMs: config.ALERT_TIMEOUT,
        fetch,
        now: Date.now,
        onFailure: (message) =>
          logger.warn({ channel: 'alertmanager' }, `Not every Alertmanager was told: ${message}`),
      }),
    );
  }
  if (secrets.slackWebhookUrl) channels.push(createSlackChannel(secrets.slackWebhookUrl, fetch));
  if (secrets.webhookUrl) channels.push(createWebhookChannel(secrets.webhookUrl, fetch));
  return channels;
}
