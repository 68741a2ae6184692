import { createAuthenticateFrom } from '#core/auth.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { loadSecrets } from '#core/config/secrets.ts';
import { guard } from '#core/guard.ts';
import { createLogger } from '#core/logger.ts';
import { createChannels } from '#core/notifications/channels.ts';
import { createNotify } from './notify.ts';

const config = loadConfig(process.env);
const secrets = loadSecrets(config);
const logger = createLogger(config.LOG_LEVEL);
const channels = createChannels(config, secrets, logger, fetch);
if (channels.length === 0) {
  logger.warn(
    'No channel is configured: set ALERTMANAGER_ADDRESS, or mount the secret slack-webhook-url or webhook-url',
  );
}

/** The OpenFaaS function `notify`: the composition root. */
export default guard(
  createAuthenticateFrom(config, secrets),
  logger,
  createNotify({ channels, logger }).respond,
);
