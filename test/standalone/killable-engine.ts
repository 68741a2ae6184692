import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from '../support/child-process.ts';
import { startDockerd } from '../support/dockerd.ts';
import { skipWithoutEngine, stopPrivateEngine } from '../support/private-engine.ts';
import { waitFor } from '../support/wait-for.ts';

/** A real dockerd in Swarm mode that comes to harm and recovers. */
export interface KillableEngine {
  readonly dockerHost: string;
  /** Runs the Docker CLI on this engine and gives its standard output, without the last line break. */
  docker(...args: string[]): Promise<string>;
  /** SIGSTOP: connections are taken, but nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL; resolves once the process has ended. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on what it had stored. */
  restart(): void;
  dispose(): Promise<void>;
}

/** For a `before` hook: ends the engine that the suites share, because a machine has room for one Swarm only. */
export async function startKillableEngine(suite: Mocha.Context): Promise<KillableEngine> {
  skipWithoutEngine(suite);
  await stopPrivateEngine();
  const dockerd = await startDockerd();
  let restarted: RunningProgram | undefined;
  let pid = Number(await readFile(join(dockerd.folder, 'dockerd.pid'), 'utf8'));
  const [, ...options] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter(Boolean);

  async function dispose(): Promise<void> {
    const attempt = (...args: string[]) => dockerd.docker(...args).catch(() => '');
    await attempt('swarm', 'leave', '--force');
    // Else its bridge would stay on the machine.
    await attempt('network', 'rm', 'docker_gwbridge');
    await restarted?.stop();
    await dockerd.stop();
  }

  try {
    await dockerd.docker('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', '127.0.0.1:2377');
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    dockerHost: `unix://${dockerd.socketPath}`,
    docker: dockerd.docker,
    freeze: () => process.kill(pid, 'SIGSTOP'),
    thaw: () => process.kill(pid, 'SIGCONT'),
    async kill() {
      process.kill(pid, 'SIGKILL');
      await waitFor('the end of dockerd', () => !isAlive(pid), { intervalMs: 10 });
      // Its containerd ends with it, but looks alive to the next dockerd where nobody reaps orphans, as in a container.
      await rm(join(dockerd.folder, 'exec/containerd/containerd.pid'), { force: true });
    },
    restart() {
      restarted = startProgram('dockerd', options);
      pid = restarted.pid;
    },
    dispose,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
