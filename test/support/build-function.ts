import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs the commands of a build folder's own Dockerfile in that folder, without Docker. Leaves `server.cjs` there. */
export async function buildFunction(folder: string): Promise<void> {
  const dockerfile = await readFile(join(folder, 'Dockerfile'), 'utf8');
  const commands = [...dockerfile.matchAll(/^RUN ((?:.*\\\n)*.*)$/gm)].map(([, command = '']) => command);
  if (commands.length === 0) throw new Error(`${folder}/Dockerfile has no commands`);
  for (const command of commands) await promisify(execFile)('sh', ['-c', command], { cwd: folder });
}
