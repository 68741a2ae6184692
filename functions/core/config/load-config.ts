import { ConfigError } from '#core/errors.ts';
import { SCALE_STATE_LABEL } from '#core/scaling/scale-state.ts';
import { quoted, ValueError } from '#core/values.ts';
import { type Config, SETTINGS } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const LABEL_SETTINGS = Object.keys(SETTINGS).filter(
  (name) => name.endsWith('_LABEL') && name !== 'SCALE_FILTER_LABEL',
);

/**
 * Reads every setting from the environment; an empty variable counts as not set, as `${NAME:-}` in a stack file means it.
 * @throws {ConfigError} one line that names the variable, its value and what was expected
 * @example loadConfig({ DEFAULT_MAX_REPLICAS: '8' }).DEFAULT_MAX_REPLICAS // 8
 */
export function loadConfig(env: Environment): Config {
  const values = Object.entries(SETTINGS).map(([name, setting]) => {
    const text = env[name] || ('default' in setting ? setting.default : undefined);
    return [name, text === undefined ? undefined : parseSetting(name, text, setting.parse)];
  });
  const config = Object.fromEntries(values) as Config;
  rejectContradictions(config);
  return config;
}

function parseSetting(name: string, text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ConfigError(`${name}=${quoted(text)}: ${error.message}`, { cause: error });
  }
}

function rejectContradictions(config: Config): void {
  if (config.DEFAULT_MIN_REPLICAS > config.DEFAULT_MAX_REPLICAS) {
    throw new ConfigError(
      `DEFAULT_MIN_REPLICAS="${config.DEFAULT_MIN_REPLICAS}": expected at most DEFAULT_MAX_REPLICAS, which is ${config.DEFAULT_MAX_REPLICAS}`,
    );
  }
  const owners = new Map<unknown, string>([[SCALE_STATE_LABEL, "the scaler's own record"]]);
  for (const name of LABEL_SETTINGS) {
    const key = config[name as keyof Config];
    const owner = owners.get(key);
    if (owner !== undefined) {
      throw new ConfigError(`${name}="${key}": expected a label of its own, but ${owner} has the same`);
    }
    owners.set(key, name);
  }
}
