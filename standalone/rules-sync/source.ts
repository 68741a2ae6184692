import { loadSecrets } from '#core/config/secrets.ts';
import type { Config } from '#core/config/settings.ts';
import type { Logger } from '#core/logger.ts';
import { connectSwarm } from '#core/swarm/connect-swarm.ts';
import { createReadRules } from '../../functions/alert-rules/read-rules.ts';
import { createEngineSource } from './engine-source.ts';
import { createFunctionSource } from './function-source.ts';
import type { RuleSource } from './rule-source.ts';

/**
 * The source that the settings ask for. Only the function needs a token, only the engine a socket.
 * @throws {ConfigError}
 */
export function createSource(config: Config, logger: Logger): RuleSource {
  if (config.ALERT_RULES_URL)
    return createFunctionSource(config.ALERT_RULES_URL, loadSecrets(config).tokens[0], fetch);
  const swarm = connectSwarm(config, logger);
  return createEngineSource(createReadRules({ swarm, config, logger }), swarm);
}
