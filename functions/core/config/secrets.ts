import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '#core/errors.ts';
import { httpAddress, ValueError } from '#core/values.ts';
import type { Config } from './settings.ts';

/** What the secret files hold; a channel whose secret is not mounted is undefined. */
export interface Secrets {
  /** Any of them is good; none only with `SCALER_AUTH=none`. */
  readonly tokens: readonly string[];
  readonly slackWebhookUrl: string | undefined;
  readonly webhookUrl: string | undefined;
}

/**
 * Reads the secret files below `SECRETS_DIR`, once.
 * @throws {ConfigError} for a file that is empty or unreadable, for a token that no header can carry, and for a missing `scaler-token` without `SCALER_AUTH=none`
 */
export function loadSecrets(config: Pick<Config, 'SECRETS_DIR' | 'SCALER_AUTH'>): Secrets {
  const directory = config.SECRETS_DIR;
  return {
    tokens: config.SCALER_AUTH === 'none' ? [] : readTokens(directory),
    slackWebhookUrl: readAddress(directory, 'slack-webhook-url'),
    webhookUrl: readAddress(directory, 'webhook-url'),
  };
}

function readTokens(directory: string): readonly string[] {
  const lines = readLines(directory, 'scaler-token');
  if (lines === undefined) {
    throw new ConfigError(
      `No secret ${join(directory, 'scaler-token')}: expected a token on each line; mount the secret scaler-token, or set SCALER_AUTH=none to let anybody scale`,
    );
  }
  if (!lines.every(isHeaderText)) {
    throw new ConfigError(
      `The secret ${join(directory, 'scaler-token')} holds a token that no Authorization header can carry: expected ASCII letters, digits and signs`,
    );
  }
  return lines;
}

/** Anything else is changed on its way through a header, and would never be the same again. */
const isHeaderText = (token: string): boolean => /^[\x20-\x7e]+$/.test(token);

function readAddress(directory: string, name: string): string | undefined {
  const [address] = readLines(directory, name) ?? [];
  if (address === undefined) return undefined;
  try {
    return httpAddress(address);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    // The address itself is the secret: it stays out of the message.
    throw new ConfigError(`The secret ${join(directory, name)} is not an http or https address`, {
      cause: error,
    });
  }
}

/** The file's lines, trimmed and without empty ones; undefined when there is no such file. */
function readLines(directory: string, name: string): readonly string[] | undefined {
  const path = join(directory, name);
  const lines = readIfPresent(path)
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines?.length === 0)
    throw new ConfigError(`The secret ${path} is empty: expected a value on its first line`);
  return lines;
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError(`The secret ${path} cannot be read: ${message}`, { cause: error });
  }
}
