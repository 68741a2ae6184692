import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { type Dockerd, startDockerd } from './dockerd.ts';
import { importTestImages } from './test-images.ts';

/** A real dockerd in Swarm mode, of our own, with the images of `test-images.ts`. */
export interface PrivateEngine {
  readonly socketPath: string;
  /** Runs the Docker CLI on this engine and gives its standard output, without the last line break. */
  docker(...args: string[]): Promise<string>;
  /** Removes the services, leaves the Swarm, stops the engine and deletes its folder. */
  dispose(): Promise<void>;
}

const START_MS = 60_000;

let running: Promise<PrivateEngine> | undefined;

/** The engine of this mocha run; it is started by whoever asks first. */
export function privateEngine(): Promise<PrivateEngine> {
  running ??= startPrivateEngine();
  return running;
}

/** Stops the engine of this run, if anyone asked for one. */
export async function stopPrivateEngine(): Promise<void> {
  const engine = await running?.catch(() => undefined);
  running = undefined;
  await engine?.dispose();
}

/**
 * The engine of this run, for a `before` hook. On a machine that cannot run one the suite is skipped, but in CI that is a
 * failure: a suite that nobody runs proves nothing.
 * @example before(async function () { engine = await requireEngine(this); });
 */
export function requireEngine(context: Mocha.Context): Promise<PrivateEngine> {
  context.timeout(START_MS);
  skipWithoutEngine(context);
  return privateEngine();
}

/** Skips the suite, or fails it in CI, when this machine cannot run an engine of its own. */
export function skipWithoutEngine(context: Mocha.Context): void {
  const obstacle = findObstacle();
  if (obstacle === undefined) return;
  if (process.env.CI) throw new Error(`No engine for the tests: ${obstacle}`);
  console.log(`      skipped: ${obstacle}`);
  context.skip();
}

/** Why this machine cannot run an engine of its own; undefined when it can. */
export function findObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'a private dockerd needs Linux';
  if (process.getuid?.() !== 0) return 'a private dockerd needs root';
  const missing = ['dockerd', 'docker', 'ip', 'setpriv', 'tar'].filter((command) => !isOnPath(command));
  if (missing.length > 0)
    return `not on the PATH: ${missing.join(', ')} (Debian: docker.io, iproute2, util-linux)`;
  if (!isExecutable('/bin/busybox')) return 'no /bin/busybox to make images of (Debian: busybox-static)';
  return undefined;
}

const isOnPath = (command: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function startPrivateEngine(): Promise<PrivateEngine> {
  await requireSwarmPorts();
  const dockerd = await startDockerd();
  const engine: PrivateEngine = {
    socketPath: dockerd.socketPath,
    docker: dockerd.docker,
    dispose: () => dispose(dockerd),
  };
  try {
    await dockerd.docker('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', '127.0.0.1:2377');
    await importTestImages(dockerd);
  } catch (error) {
    await engine.dispose();
    throw error;
  }
  return engine;
}

async function dispose({ docker, stop }: Dockerd): Promise<void> {
  const attempt = (...args: string[]) => docker(...args).catch(() => '');
  const services = (await attempt('service', 'ls', '--quiet')).split('\n').filter(Boolean);
  if (services.length > 0) await attempt('service', 'rm', ...services);
  await attempt('swarm', 'leave', '--force');
  await stop();
}

/** Swarm's ports are fixed (management and gossip), so a machine has room for one Swarm at a time. */
async function requireSwarmPorts(): Promise<void> {
  for (const port of [2377, 7946]) {
    await new Promise<void>((resolve, reject) => {
      const server = createServer();
      server.once('error', ({ message }) =>
        reject(new Error(`Swarm's port ${port} is taken, is another Swarm running here? (${message})`)),
      );
      server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
    });
  }
}
