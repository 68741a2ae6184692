import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A Docker engine of our own, beside any other on the machine, in a folder of its own. */
export interface Dockerd {
  readonly socketPath: string;
  /** Where all that it writes is; gone after `stop`. */
  readonly folder: string;
  /** Runs the Docker CLI on this engine and gives its standard output, without the last line break. */
  docker(...args: string[]): Promise<string>;
  /** Stops the engine and removes every trace of it. Never fails because of what is already gone. */
  stop(): Promise<void>;
}

const START_MS = 30_000;
const STOP_MS = 30_000;

/** Where the kernel tells of the bridge that Swarm gives its tasks. */
const SWARM_BRIDGE = '/sys/class/net/docker_gwbridge';

/** Starts dockerd without networks of its own and waits until it answers. Needs root. */
export async function startDockerd(): Promise<Dockerd> {
  const hadSwarmBridge = existsSync(SWARM_BRIDGE);
  const folder = await mkdtemp(join(tmpdir(), 'private-engine-'));
  const socketPath = join(folder, 'docker.sock');
  const logPath = join(folder, 'dockerd.log');
  // An empty one, so that the machine's own is not read.
  await writeFile(join(folder, 'daemon.json'), '{}');
  const log = await open(logPath, 'a');
  // However we end, also by SIGKILL, the kernel then stops the engine: another one could not have Swarm's ports.
  const command = ['--pdeathsig', 'TERM', '--', 'dockerd', ...optionsFor(folder, socketPath)];
  const child = spawn('setpriv', command, { stdio: ['ignore', log.fd, log.fd] });
  await log.close();

  const docker = cliFor(folder, socketPath);
  async function stop(): Promise<void> {
    const ownsBridge = !hadSwarmBridge && (await hasSwarmBridge(docker));
    await endProcess(child);
    if (ownsBridge) await removeSwarmBridge();
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  try {
    await waitUntilAnswering(child, socketPath);
  } catch (error) {
    const lines = (await readFile(logPath, 'utf8')).trimEnd().split('\n').slice(-10);
    await stop();
    throw new Error(`dockerd did not start: ${(error as Error).message}\n${lines.join('\n')}`, {
      cause: error,
    });
  }
  return { socketPath, folder, docker, stop };
}

function optionsFor(folder: string, socketPath: string): string[] {
  return [
    ['--host', `unix://${socketPath}`],
    ['--data-root', join(folder, 'data')],
    ['--exec-root', join(folder, 'exec')],
    ['--pidfile', join(folder, 'dockerd.pid')],
    ['--config-file', join(folder, 'daemon.json')],
    // A bridge or packet filter would meddle with the machine's own engine.
    ['--bridge', 'none'],
    ['--iptables=false', '--ip6tables=false'],
  ].flat();
}

async function waitUntilAnswering(child: ChildProcess, socketPath: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await answersPing(socketPath))) {
    if (hasEnded(child)) throw new Error('it ended at once');
    if (Date.now() > deadline) throw new Error(`no answer within ${START_MS / 1000} s`);
    await sleep(50);
  }
}

function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ socketPath, path: '/_ping', agent: false, timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', () => resolve(false));
  });
}

function cliFor(folder: string, socketPath: string): Dockerd['docker'] {
  const run = promisify(execFile);
  // An empty configuration and none of the user's variables: no context or API version of theirs gets in.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DOCKER_')));
  return async (...args) => {
    const { stdout } = await run('docker', ['--host', `unix://${socketPath}`, ...args], {
      env: { ...env, DOCKER_CONFIG: join(folder, 'cli') },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trimEnd();
  };
}

const hasEnded = ({ exitCode, signalCode, pid }: ChildProcess) =>
  pid === undefined || exitCode !== null || signalCode !== null;

async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

const hasSwarmBridge = async (docker: Dockerd['docker']): Promise<boolean> =>
  (await docker('network', 'ls', '--quiet', '--filter', 'name=docker_gwbridge').catch(() => '')) !== '';

/** An engine leaves the bridge of its Swarm's tasks on the machine when it goes. */
async function removeSwarmBridge(): Promise<void> {
  if (existsSync(SWARM_BRIDGE)) await promisify(execFile)('ip', ['link', 'delete', basename(SWARM_BRIDGE)]);
}

/** A task that outlived its engine leaves mounts behind, and a folder with a mount in it cannot be deleted. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  const below = mounts
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
  for (const path of below) await promisify(execFile)('umount', ['--lazy', path]).catch(() => undefined);
}
