import type { FastifyInstance } from 'fastify';
import { loadConfig } from '#core/config/load-config.ts';
import { loadSecrets } from '#core/config/secrets.ts';
import type { Config } from '#core/config/settings.ts';
import { ConfigError } from '#core/errors.ts';
import { createLogger, type Logger } from '#core/logger.ts';
import { connectSwarm } from '#core/swarm/connect-swarm.ts';
import { quoted } from '#core/values.ts';
import { stopOnSignal } from '../template/node24-ts/stop.ts';
import { createRulesSyncServer } from './rules-sync/server.ts';
import { createSource } from './rules-sync/source.ts';
import { createStandaloneServer } from './server.ts';

/** Serves on `PORT` what the first argument names, without OpenFaaS: the composition root. */
async function main(command?: string): Promise<void> {
  const config = loadConfig(process.env);
  const server = createServerFor(command, config, createLogger(config.LOG_LEVEL));
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

/** The functions, or with `rules-sync` what brings their rules to Prometheus. */
function createServerFor(command: string | undefined, config: Config, logger: Logger): FastifyInstance {
  switch (command) {
    case undefined: {
      const secrets = loadSecrets(config);
      return createStandaloneServer({ config, secrets, logger, swarm: connectSwarm(config, logger) });
    }
    case 'rules-sync':
      return createRulesSyncServer({ config, logger, source: createSource(config, logger) });
    default:
      throw new ConfigError(`There is no command ${quoted(command)}: expected rules-sync, or none`);
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof ConfigError ? `Cannot start: ${error.message}` : error);
  process.exit(1);
});
