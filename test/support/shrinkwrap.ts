import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

/** One function of stack.yml, as far as faas-cli's build and our tests look at it. */
export interface StackFunction {
  readonly lang: string;
  readonly handler: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Stack {
  readonly functions: Readonly<Record<string, StackFunction>>;
  readonly configuration: { readonly copy: readonly string[] };
}

const ROOT = join(import.meta.dirname, '../..');

/** The project's own stack.yml. */
export const STACK: Stack = parse(readFileSync(join(ROOT, 'stack.yml'), 'utf8'));

/**
 * Lays out a function's build folder as `faas-cli build --shrinkwrap` does: the template, over its `function/` the handler's
 * folder, and below that the paths of `configuration.copy`.
 */
export async function shrinkwrap({ lang, handler }: StackFunction, folder: string): Promise<void> {
  await layOutTemplate(lang, folder);
  for (const name of await readdir(join(ROOT, handler))) {
    if (name === 'build' || name === 'template') continue;
    await copy(join(ROOT, handler, name), join(folder, 'function', name));
  }
  for (const path of STACK.configuration.copy) {
    await copy(join(ROOT, path), join(folder, 'function', path));
  }
}

/** The build folder of what `faas-cli new --lang` makes: the template's own sample. */
export function layOutTemplate(lang: string, folder: string): Promise<void> {
  return copy(join(ROOT, 'template', lang), folder);
}

/** As faas-cli copies, except for what its users install beside the sources. */
async function copy(from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true });
  await cp(from, to, {
    recursive: true,
    dereference: true,
    filter: (source) => basename(source) !== 'node_modules',
  });
}
