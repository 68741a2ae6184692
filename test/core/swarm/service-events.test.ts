import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { loadConfig } from '#core/config/load-config.ts';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { SwarmError, type SwarmEvents } from '#core/swarm/swarm.ts';
import { waitFor } from '../../support/wait-for.ts';

/** An engine whose only talent is a stream of events. */
interface EventEngine {
  readonly events: SwarmEvents;
  readonly paths: readonly string[];
  /** The newest stream. */
  stream(): ServerResponse;
  close(): Promise<void>;
}

async function startEventEngine(status = 200): Promise<EventEngine> {
  const streams: ServerResponse[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(decodeURIComponent(request.url ?? ''));
    response.writeHead(status).flushHeaders();
    if (status !== 200) response.end('{"message":"no events today"}');
    streams.push(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    events: createDockerodeSwarm(readDockerHost(loadConfig({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }))),
    paths,
    stream() {
      const stream = streams.at(-1);
      if (stream === undefined) throw new Error('Nobody listens');
      return stream;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe("the engine's events", () => {
  let engine: EventEngine;
  let changes: number;
  const countChange = () => {
    changes += 1;
  };
  const changesReach = (count: number) =>
    waitFor(`${count} changes`, () => changes === count, { timeoutMs: 2000, intervalMs: 5 });

  beforeEach(async () => {
    engine = await startEventEngine();
    changes = 0;
  });

  afterEach(() => engine.close());

  it('are those of services, counted from the moment that they are heard', async () => {
    const stop = new AbortController();
    const watching = engine.events.watchServices(countChange, stop.signal);
    await changesReach(1);
    expect(engine.paths).to.deep.equal(['/events?filters={"type":["service"]}']);
    engine.stream().write('{"Type":"service","Action":"update"}\n');
    await changesReach(2);
    stop.abort();
    await watching;
  });

  it('are waited for no longer than anybody wants, also when the engine is slow to answer', async () => {
    const stop = new AbortController();
    const watching = engine.events.watchServices(countChange, stop.signal);
    stop.abort();
    await watching;
    expect(changes).to.equal(0);
  });

  it('end in an error when the engine ends them, or hangs up', async () => {
    for (const end of ['end', 'destroy'] as const) {
      changes = 0;
      const watching = engine.events.watchServices(countChange, new AbortController().signal);
      const failure = watching.catch((error: unknown) => error);
      await changesReach(1);
      engine.stream()[end]();
      expect(await failure)
        .to.be.instanceOf(SwarmError)
        .and.have.property('kind', 'unanswered');
    }
  });

  it("are an error with the engine's words when it has none", async () => {
    const refusing = await startEventEngine(400);
    try {
      const failure = await refusing.events
        .watchServices(countChange, new AbortController().signal)
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(SwarmError).and.have.property('kind', 'refused');
      expect(String(failure)).to.contain('no events today');
      expect(changes).to.equal(0);
    } finally {
      await refusing.close();
    }
  });
});
