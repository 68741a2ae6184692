import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Plays the demo as `npm run demo` does, in front of the given engine. */
export async function playDemo(
  dockerHost: string,
): Promise<{ readonly code: number; readonly output: string }> {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'standalone/demo/main.ts'], {
    cwd: new URL('../..', import.meta.url),
    env: { PATH: process.env.PATH, DOCKER_HOST: dockerHost },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(demo.stdout), once(demo, 'exit')]);
  return { code, output };
}
