import { loadConfig } from '#core/config/load-config.ts';
import { loadSecrets } from '#core/config/secrets.ts';
import { ConfigError } from '#core/errors.ts';
import { createLogger } from '#core/logger.ts';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { stopOnSignal } from '../template/node24-ts/stop.ts';
import { createStandaloneServer } from './server.ts';

/** Serves the functions on `PORT`, without OpenFaaS: the composition root. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const secrets = loadSecrets(config);
  const dockerHost = readDockerHost(config);
  const logger = createLogger(config.LOG_LEVEL);
  if (dockerHost.warning) logger.warn(dockerHost.warning);
  const server = createStandaloneServer({ config, secrets, logger, swarm: createDockerodeSwarm(dockerHost) });
  stopOnSignal(server);
  try {
    await server.listen({ port: config.PORT, host: '0.0.0.0' });
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError(`PORT="${config.PORT}": expected a port to listen on (${message})`, {
      cause: error,
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? `Cannot start: ${error.message}` : error);
  process.exit(1);
});
