import type { FastifyInstance } from 'fastify';
import { createAuthenticateFrom } from '#core/auth.ts';
import type { Secrets } from '#core/config/secrets.ts';
import type { Config } from '#core/config/settings.ts';
import { createAdmit } from '#core/guard.ts';
import type { Logger } from '#core/logger.ts';
import type { Swarm } from '#core/swarm/swarm.ts';
import { createServer } from '../template/node24-ts/server.ts';
import { createBackgroundQueue } from './background-queue.ts';
import { createFunctions } from './functions.ts';
import { createResponder } from './respond.ts';

export interface StandaloneOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly swarm: Swarm;
}

/** How long the engine may take to say that it is ready. */
const READY_TIMEOUT_MS = 2000;

/** The functions behind the gateway's paths, in the template's own server; what was accepted is finished before it closes. */
export function createStandaloneServer(options: StandaloneOptions): FastifyInstance {
  const { config, secrets, logger, swarm } = options;
  const queue = createBackgroundQueue((error) => logger.error(error, 'A request in the background failed'));
  const server = createServer(
    createResponder({
      functions: createFunctions(options),
      admit: createAdmit(createAuthenticateFrom(config, secrets), logger),
      checkReady: () => swarm.checkManager({ timeoutMs: READY_TIMEOUT_MS }),
      queue,
      prefix: config.SERVER_PREFIX,
    }),
    { logLevel: config.LOG_LEVEL },
  );
  server.addHook('onClose', () => queue.drained());
  return server;
}
