import { startEmbeddedSwarm } from '../../standalone/embedded-swarm/embedded-swarm.ts';
import { startDockerd } from '../support/dockerd.ts';
import { requireEngine, skipWithoutEngine } from '../support/private-engine.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { TestServices } from './test-services.ts';

/** An engine that the contract is held to. */
export interface EngineUnderTest {
  readonly socketPath: string;
  readonly client: EngineClient;
  readonly services: TestServices;
}

interface Started {
  readonly socketPath: string;
  stop(): Promise<void>;
}

interface Engine {
  readonly name: string;
  /** A Swarm manager. */
  start(context: Mocha.Context): Promise<Started>;
  /** An engine that is in no Swarm. */
  startAlone(context: Mocha.Context): Promise<Started>;
}

const ENGINES: readonly Engine[] = [
  {
    name: 'the embedded swarm',
    start: () => startEmbedded(),
    async startAlone() {
      const { leave, ...started } = await startEmbedded();
      leave();
      return started;
    },
  },
  {
    name: 'a real dockerd',
    async start(context) {
      const { socketPath } = await requireEngine(context);
      // It serves other suites as well, and is stopped after the last.
      return { socketPath, stop: async () => {} };
    },
    startAlone(context) {
      context.timeout(60_000);
      skipWithoutEngine(context);
      return startDockerd();
    },
  },
];

async function startEmbedded() {
  // Long enough for a test to see an update under way.
  const swarm = await startEmbeddedSwarm({ updateStepMs: 500 });
  return {
    socketPath: swarm.dockerHost.replace('unix://', ''),
    stop: () => swarm.close(),
    leave: () => swarm.leave(),
  };
}

/**
 * The same facts of the embedded swarm and of a real engine: that is how we know that the embedded one tells the truth.
 * Services are removed after each.
 */
export function onBothEngines(title: string, facts: (engine: () => EngineUnderTest) => void): void {
  describeEngines(title, 'start', (engine) => {
    afterEach(() => engine().services.removeAll());
    facts(engine);
  });
}

/** The same facts of both when they are in no Swarm. */
export function onBothOutsideASwarm(title: string, facts: (engine: () => EngineUnderTest) => void): void {
  describeEngines(title, 'startAlone', facts);
}

function describeEngines(
  title: string,
  start: 'start' | 'startAlone',
  facts: (engine: () => EngineUnderTest) => void,
): void {
  for (const engine of ENGINES) {
    describe(`${title} (${engine.name})`, () => {
      let started: Started | undefined;
      let underTest: EngineUnderTest;

      before(async function () {
        started = await engine[start](this);
        const { socketPath } = started;
        const client = createEngineClient(socketPath);
        underTest = { socketPath, client, services: new TestServices(client) };
      });

      after(() => started?.stop());

      facts(() => underTest);
    });
  }
}
