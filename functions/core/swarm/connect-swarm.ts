import type { Config } from '#core/config/settings.ts';
import type { Logger } from '#core/logger.ts';
import { readDockerHost } from './docker-host.ts';
import { createDockerodeSwarm } from './dockerode-swarm.ts';
import type { Swarm, SwarmEvents } from './swarm.ts';

/**
 * The Swarm that the settings lead to; what an operator should know about the way to it goes into the log.
 * @throws {ConfigError} for settings that lead to none; nothing is asked of the engine yet
 */
export function connectSwarm(config: Config, logger: Logger): Swarm & SwarmEvents {
  const dockerHost = readDockerHost(config);
  if (dockerHost.warning) logger.warn(dockerHost.warning);
  return createDockerodeSwarm(dockerHost);
}
