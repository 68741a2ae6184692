import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PrivateEngine } from './private-engine.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * `docker stack deploy` of the project's own stack files, merged in this order.
 * @param files such as `stacks/go-demo.yml`
 * @param variables what an operator would export before
 */
export async function deployStack(
  { socketPath }: PrivateEngine,
  name: string,
  files: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const fileOptions = files.flatMap((file) => ['--compose-file', join(ROOT, file)]);
  await promisify(execFile)('docker', ['stack', 'deploy', '--resolve-image', 'never', ...fileOptions, name], {
    env: { ...variables, PATH: process.env.PATH, DOCKER_HOST: `unix://${socketPath}` },
  });
}
