import type { SwarmEvents } from '#core/swarm/swarm.ts';
import type { ReadRules } from '../../functions/alert-rules/read-rules.ts';
import { toYaml } from '../../functions/alert-rules/rule-file.ts';
import type { RuleSource } from './rule-source.ts';

const ENGINE_MS = 5000;
/** For events that got lost: a change is told at once. */
const INTERVAL_MS = 30_000;

/** Makes the rules in this process, from the labels that the engine knows. */
export const createEngineSource = (readRules: ReadRules, events: SwarmEvents): RuleSource => ({
  read: async () => toYaml(await readRules({ timeoutMs: ENGINE_MS })),
  watch: (onChange, stop) => events.watchServices(onChange, stop),
  intervalMs: INTERVAL_MS,
});
