import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of files, as an engine mounts secrets; gone after `use`. */
export async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (directory: string) => void | Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'swarm-scaler-files-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}
