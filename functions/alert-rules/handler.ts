import { createAuthenticateFrom } from '#core/auth.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { loadSecrets } from '#core/config/secrets.ts';
import { guard } from '#core/guard.ts';
import { createLogger } from '#core/logger.ts';
import { connectSwarm } from '#core/swarm/connect-swarm.ts';
import { createReadRules } from './read-rules.ts';
import { createServeRules } from './serve-rules.ts';

const config = loadConfig(process.env);
const secrets = loadSecrets(config);
const logger = createLogger(config.LOG_LEVEL);

/** The OpenFaaS function `alert-rules`: the composition root. */
export default guard(
  createAuthenticateFrom(config, secrets),
  logger,
  createServeRules(createReadRules({ swarm: connectSwarm(config, logger), config, logger })),
  'GET',
);
