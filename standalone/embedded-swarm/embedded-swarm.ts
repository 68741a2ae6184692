import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Cluster } from './cluster.ts';
import { createFaults, type Faults } from './faults.ts';
import { clusterRoutes } from './http/cluster-routes.ts';
import { createEngineServer } from './http/server.ts';
import { serviceRoutes } from './http/service-routes.ts';
import { createOrchestrator, type Pace } from './orchestration/orchestrator.ts';
import { createTimers } from './timers.ts';

/**
 * A Swarm of one node in memory that speaks the Docker Engine API, as far as the scaler and its demo use it, on a machine
 * without Docker. Services, versions, updates and rollbacks behave as a real engine's do (the contract tests run against
 * both); tasks are simulated: they run without containers, and those of an image tagged `broken` fail.
 */
export interface EmbeddedSwarm {
  /** As DOCKER_HOST has it: `unix:///…/docker.sock` or `tcp://127.0.0.1:…`. */
  readonly dockerHost: string;
  /** What shall go wrong. */
  readonly faults: Faults;
  /** From now on the engine answers that it is no Swarm manager. */
  leave(): void;
  /** Stops answering, also the requests under way, and everything that was to happen later. */
  close(): Promise<void>;
}

/** Where it listens: on a unix socket, by default one in a folder of its own, or on a port of the loopback interface. */
export interface EmbeddedSwarmOptions extends Partial<Pace> {
  readonly socketPath?: string;
  /** 0 is any free one. */
  readonly port?: number;
}

const PACE: Pace = { taskStartMs: 10, updateStepMs: 50 };

export async function startEmbeddedSwarm({
  socketPath,
  port,
  ...pace
}: EmbeddedSwarmOptions = {}): Promise<EmbeddedSwarm> {
  const cluster = new Cluster();
  const timers = createTimers();
  const faults = createFaults();
  const orchestrator = createOrchestrator(cluster, timers, { ...PACE, ...pace });
  const server = createEngineServer({
    routes: [...clusterRoutes(cluster), ...serviceRoutes(cluster, orchestrator)],
    faults,
    changeFromOutside: (nameOrId) => cluster.changeService(cluster.findService(nameOrId), {}),
  });

  const ownSocket = port === undefined && socketPath === undefined ? await newSocketPath() : undefined;
  if (port === undefined) server.listen(socketPath ?? ownSocket);
  else server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    dockerHost:
      port === undefined
        ? `unix://${socketPath ?? ownSocket}`
        : `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    leave() {
      cluster.isManager = false;
    },
    async close() {
      timers.clear();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      if (ownSocket !== undefined) await rm(dirname(ownSocket), { recursive: true });
    },
  };
}

const newSocketPath = async () => join(await mkdtemp(join(tmpdir(), 'embedded-swarm-')), 'docker.sock');
