import { createAuthenticateFrom } from '#core/auth.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { loadSecrets } from '#core/config/secrets.ts';
import { guard } from '#core/guard.ts';
import { createLogger } from '#core/logger.ts';
import { createGatewayNotify } from '#core/notifications/notify-client.ts';
import { connectSwarm } from '#core/swarm/connect-swarm.ts';
import { createScaleService } from './scale-service.ts';

/** Where the gateway is on OpenFaaS' own network. */
const GATEWAY_URL = 'http://gateway:8080';

const config = loadConfig(process.env);
const secrets = loadSecrets(config);
const logger = createLogger(config.LOG_LEVEL);

/** The OpenFaaS function `scale-service`: the composition root. */
export default guard(
  createAuthenticateFrom(config, secrets),
  logger,
  createScaleService({
    swarm: connectSwarm(config, logger),
    config,
    notify: createGatewayNotify(config.GATEWAY_URL ?? GATEWAY_URL, secrets.tokens[0], fetch),
    logger,
    now: Date.now,
  }),
);
