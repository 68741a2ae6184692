import type { Config } from '#core/config/settings.ts';
import type { Logger } from '#core/logger.ts';
import type { CallOptions, ListedService, Swarm } from '#core/swarm/swarm.ts';
import { makeAlertRules } from './alert-rules.ts';
import { createProblemLog } from './problem-log.ts';
import type { AlertRules } from './rule-file.ts';
import type { LabelledService } from './service.ts';
import { loadOwnShortcuts } from './shortcuts/own-shortcuts-file.ts';

/** Makes the rules that the services of the Swarm ask for at this moment. @throws {SwarmError} */
export type ReadRules = (options: CallOptions) => Promise<AlertRules>;

export interface ReadRulesDependencies {
  readonly swarm: Pick<Swarm, 'listServices'>;
  readonly config: Pick<Config, 'ALERT_RULES_ALL' | 'SHORTCUTS_FILE'>;
  readonly logger: Logger;
}

/** @throws {ConfigError} for a file of own shortcuts that cannot be read; it is read here, once */
export function createReadRules({ swarm, config, logger }: ReadRulesDependencies): ReadRules {
  const options = { all: config.ALERT_RULES_ALL, ownShortcuts: loadOwnShortcuts(config) };
  const logProblems = createProblemLog(logger);
  return async (callOptions) => {
    const services = await swarm.listServices(callOptions);
    const rules = makeAlertRules(services.map(labelled), options);
    logProblems(rules.problems);
    return rules;
  };
}

const labelled = ({ name, mode, replicas, labels }: ListedService): LabelledService => ({
  name,
  replicas: mode === 'replicated' ? replicas : undefined,
  labels,
});
