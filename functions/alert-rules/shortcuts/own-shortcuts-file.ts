import { readFileSync } from 'node:fs';
import type { Config } from '#core/config/settings.ts';
import { ConfigError } from '#core/errors.ts';
import { quoted } from '#core/values.ts';

/**
 * The text of `SHORTCUTS_FILE`, empty without one. What is wrong inside it is found later, one shortcut at a time.
 * @throws {ConfigError} when the file cannot be read: alerts without their shortcuts would all be left out
 */
export function loadOwnShortcuts({ SHORTCUTS_FILE: path }: Pick<Config, 'SHORTCUTS_FILE'>): string {
  if (path === undefined) return '';
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `SHORTCUTS_FILE=${quoted(path)}: expected a readable file (${(error as Error).message})`,
      { cause: error },
    );
  }
}
