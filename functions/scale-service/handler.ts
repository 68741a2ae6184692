import { createAuthenticateFrom } from '#core/auth.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { loadSecrets } from '#core/config/secrets.ts';
import { guard } from '#core/guard.ts';
import { createLogger } from '#core/logger.ts';
import { createGatewayNotify } from '#core/notifications/notify-client.ts';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { createScaleService } from './scale-service.ts';

/** Where the gateway is on OpenFaaS' own network. */
const GATEWAY_URL = 'http://gateway:8080';

const config = loadConfig(process.env);
const secrets = loadSecrets(config);
const logger = createLogger(config.LOG_LEVEL);
const dockerHost = readDockerHost(config);
if (dockerHost.warning) logger.warn(dockerHost.warning);

/** The OpenFaaS function `scale-service`: the composition root. */
export default guard(
  createAuthenticateFrom(config, secrets),
  logger,
  createScaleService({
    swarm: createDockerodeSwarm(dockerHost),
    config,
    notify: createGatewayNotify(config.GATEWAY_URL ?? GATEWAY_URL, secrets.tokens[0], fetch),
    logger,
    now: Date.now,
  }),
);
