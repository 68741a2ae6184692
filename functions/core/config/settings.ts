import {
  duration,
  flag,
  httpAddress,
  labelKey,
  listOf,
  oneOf,
  type Parser,
  step,
  ValueError,
  wholeNumber,
} from '#core/values.ts';

interface Setting<T> {
  /** As an operator would write it; absent: off unless it is set. */
  readonly default?: string;
  readonly parse: Parser<T>;
}

const setting = <T>(parse: Parser<T>, defaultText: string) => ({ parse, default: defaultText });

const optional = <T>(parse: Parser<T>): Setting<T> => ({ parse });

const anyText: Parser<string> = (text) => text;

/** `key=value`, or `key` alone for any value. */
const labelFilter: Parser<{ readonly key: string; readonly value: string | undefined }> = (text) => {
  const [, key, value] = /^([^\s=]+)(?:=(.*))?$/.exec(text) ?? [];
  if (key === undefined) throw new ValueError('a label such as com.df.scale=true');
  return { key, value };
};

const absolutePath: Parser<string> = (text) => {
  if (/^\/.*[^/]$/.test(text)) return text;
  throw new ValueError('the path of a file, such as /rules/alert-rules.yml');
};

const aSecondOrMore: Parser<number> = (text) => {
  const milliseconds = duration(text);
  if (milliseconds >= 1000) return milliseconds;
  throw new ValueError('a duration of at least 1s');
};

const pathPrefix: Parser<string> = (text) => {
  if (/^\/[\w\-./]*$/.test(text)) return text.replace(/\/+$/, '');
  throw new ValueError('a path such as /scaler');
};

/**
 * Every environment variable that the functions and the standalone server read, with its default as an operator would
 * write it. The table in docs/configuration.md says what each means and is held to this one by a test.
 */
export const SETTINGS = {
  MIN_SCALE_LABEL: setting(labelKey, 'com.df.scaleMin'),
  MAX_SCALE_LABEL: setting(labelKey, 'com.df.scaleMax'),
  SCALE_UP_BY_LABEL: setting(labelKey, 'com.df.scaleUpBy'),
  SCALE_DOWN_BY_LABEL: setting(labelKey, 'com.df.scaleDownBy'),
  SCALE_UP_COOLDOWN_LABEL: setting(labelKey, 'com.df.scaleUpCooldown'),
  SCALE_DOWN_COOLDOWN_LABEL: setting(labelKey, 'com.df.scaleDownCooldown'),
  SCALE_DURING_UPDATE_LABEL: setting(labelKey, 'com.df.scaleDuringUpdate'),

  DEFAULT_MIN_REPLICAS: setting(wholeNumber(0), '1'),
  DEFAULT_MAX_REPLICAS: setting(wholeNumber(0), '5'),
  DEFAULT_SCALE_SERVICE_UP_BY: setting(step, '1'),
  DEFAULT_SCALE_SERVICE_DOWN_BY: setting(step, '1'),
  DEFAULT_SCALE_UP_COOLDOWN: setting(duration, '40s'),
  DEFAULT_SCALE_DOWN_COOLDOWN: setting(duration, '2m'),

  SCALE_FILTER_LABEL: optional(labelFilter),
  SCALE_DEFER_MAX: setting(duration, '10m'),

  ALERT_SCALE_MAX: setting(flag, 'true'),
  ALERT_SCALE_MIN: setting(flag, 'false'),
  ALERTMANAGER_ADDRESS: optional(listOf(httpAddress)),
  ALERT_TIMEOUT: setting(aSecondOrMore, '60s'),
  GATEWAY_URL: optional(httpAddress),

  ALERT_RULES_ALL: setting(flag, 'false'),
  SHORTCUTS_FILE: optional(absolutePath),
  ALERT_RULES_URL: optional(httpAddress),
  PROMETHEUS_ADDRESS: setting(httpAddress, 'http://prometheus:9090'),
  RULES_FILE: setting(absolutePath, '/rules/alert-rules.yml'),
  RULES_SYNC_INTERVAL: optional(aSecondOrMore),

  SCALER_AUTH: setting(oneOf('token', 'none'), 'token'),
  SECRETS_DIR: setting(anyText, '/var/openfaas/secrets'),

  DOCKER_HOST: setting(anyText, 'unix:///var/run/docker.sock'),
  DOCKER_TLS_VERIFY: optional(anyText),
  DOCKER_CERT_PATH: optional(anyText),

  PORT: setting(wholeNumber(0, 65_535), '8080'),
  SERVER_PREFIX: setting(pathPrefix, '/'),
  LOG_LEVEL: setting(oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info'),
} as const satisfies Record<string, Setting<unknown>>;

type Settings = typeof SETTINGS;

/** A setting's value: never undefined where the table has a default. */
type Value<S> = S extends { readonly parse: Parser<infer T>; readonly default: string }
  ? T
  : S extends Setting<infer T>
    ? T | undefined
    : never;

/** The values of all settings, under their variables' names. */
export type Config = { readonly [Name in keyof Settings]: Value<Settings[Name]> };
