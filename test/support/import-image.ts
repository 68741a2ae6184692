import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PrivateEngine } from './private-engine.ts';

const run = promisify(execFile);

/**
 * Makes an image of what `layOut` puts into a folder, unless the engine has one of this name: what was built on it is found
 * again then.
 * @param changes instructions of a Dockerfile, such as `CMD ["node"]`
 */
export async function importImage(
  { docker }: PrivateEngine,
  name: string,
  layOut: (root: string) => Promise<void>,
  changes: readonly string[] = [],
): Promise<void> {
  if ((await docker('images', '--quiet', name)) !== '') return;
  const folder = await mkdtemp(join(tmpdir(), 'image-'));
  try {
    const root = join(folder, 'root');
    await mkdir(root);
    await layOut(root);
    const archive = join(folder, 'root.tar');
    await run('tar', ['--create', '--owner=0', '--group=0', '--file', archive, '--directory', root, '.']);
    await docker('import', ...changes.flatMap((change) => ['--change', change]), archive, name);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The shared libraries that a program loads, and the loader itself. */
export async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await run('ldd', [program]);
  return [...stdout.matchAll(/(?:^|\s)(\/\S+)/g)].map(([, path = '']) => path);
}

/** Under the same path, with what a link points to. */
export async function copyInto(root: string, path: string): Promise<void> {
  await mkdir(join(root, dirname(path)), { recursive: true });
  await copyFile(path, join(root, path));
}
