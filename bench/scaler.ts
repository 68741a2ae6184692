import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../test/support/free-port.ts';
import { createHttpClient, type HttpAnswer } from './http-client.ts';

/** The standalone server, from the bundle that ships, in a process of its own. */
export interface Scaler {
  /** From the process' start to its first answer. */
  readonly startMs: number;
  post(path: string, body?: string): Promise<HttpAnswer>;
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

const ROOT = new URL('..', import.meta.url).pathname;

/** The arguments of `npm start`, which are those of the image as well. */
async function startArguments(): Promise<readonly string[]> {
  const { scripts } = JSON.parse(await readFile(`${ROOT}/package.json`, 'utf8'));
  return scripts.start.split(' ').slice(1);
}

export async function startScaler(dockerHost: string): Promise<Scaler> {
  const port = await freePort();
  const call = createHttpClient({ host: '127.0.0.1', port });
  const args = await startArguments();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PORT: String(port), DOCKER_HOST: dockerHost, SCALER_AUTH: 'none' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilAnswering(child, () => call('GET', '/v1/ping'));
  return {
    startMs: performance.now() - startedAt,
    post: (path, body) => call('POST', path, body),
    async residentMb() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilAnswering(child: ChildProcess, ask: () => Promise<HttpAnswer>): Promise<void> {
  while (child.exitCode === null) {
    const answer = await ask().catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(2);
  }
  throw new Error(`The scaler ended with exit code ${child.exitCode} before it answered`);
}
