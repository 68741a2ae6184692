import { loadConfig } from '#core/config/load-config.ts';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { startEmbeddedSwarm } from '../standalone/embedded-swarm/embedded-swarm.ts';
import { findObstacle, privateEngine, stopPrivateEngine } from '../test/support/private-engine.ts';

/** What is measured on: always a unix socket. */
export interface BenchEngine {
  readonly description: string;
  readonly socketPath: string;
  close(): Promise<void>;
}

/** The engine at hand if it is a Swarm manager, else one of our own if this machine can run it, else the embedded swarm. */
export async function chooseEngine(): Promise<BenchEngine> {
  const config = loadConfig(process.env);
  const { socketPath } = readDockerHost(config).options;
  if (socketPath !== undefined && (await isManager(config))) {
    return { description: `the Docker engine at ${config.DOCKER_HOST}`, socketPath, close: async () => {} };
  }
  if (findObstacle() === undefined) {
    const engine = await privateEngine();
    return { description: 'a private dockerd', socketPath: engine.socketPath, close: stopPrivateEngine };
  }
  const swarm = await startEmbeddedSwarm();
  return {
    description: 'the embedded swarm (simulated)',
    socketPath: swarm.dockerHost.replace('unix://', ''),
    close: swarm.close,
  };
}

async function isManager(config: ReturnType<typeof loadConfig>): Promise<boolean> {
  try {
    await createDockerodeSwarm(readDockerHost(config)).checkManager({ timeoutMs: 2000 });
    return true;
  } catch {
    return false;
  }
}
