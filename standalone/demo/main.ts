import { loadConfig } from '#core/config/load-config.ts';
import { type DockerHost, readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { startEmbeddedSwarm } from '../embedded-swarm/embedded-swarm.ts';
import { printBlock, printSlack, printTitle } from './print.ts';
import { type Scene, tutorialScenes } from './scenes.ts';
import { type Stage, setStage } from './stage.ts';
import { createTutorialService } from './tutorial-service.ts';

/** Plays the tutorial: on the Docker engine at hand if that is a Swarm manager, else on the embedded swarm. */
async function play(): Promise<void> {
  const engine = (await engineAtHand()) ?? (await embeddedEngine());
  console.log(engine.description);
  const stage = await setStage(engine.dockerHost);
  const service = await createTutorialService(engine.dockerHost, engine.suffix);
  console.log(`Service ${service.name}: 3 replicas, scaleMin=2, scaleMax=5, scaleUpBy=2, scaleDownBy=1`);
  try {
    for (const [index, scene] of tutorialScenes(service).entries()) await playScene(index + 1, scene, stage);
    console.log('\nDone. Every answer was the expected one.');
  } finally {
    await service.remove();
    await stage.close();
    await engine.close();
  }
}

async function playScene(
  number: number,
  { title, prepare, body, expected }: Scene,
  stage: Stage,
): Promise<void> {
  printTitle(number, title);
  await prepare?.();
  printBlock('in', JSON.stringify(body));
  const { status, answer } = await stage.post(body);
  printBlock('answer', `HTTP ${status}\n${JSON.stringify(answer)}`);
  printBlock('log', stage.takeLog().join('\n'));
  printSlack(stage.takeSlack());
  const { message } = answer as { message: string };
  if (status !== expected.status || !message.startsWith(expected.message)) {
    throw new Error(`Expected HTTP ${expected.status} and "${expected.message}"`);
  }
}

interface DemoEngine {
  readonly dockerHost: DockerHost;
  readonly description: string;
  /** Keeps the demo's service apart from those that are there already. */
  readonly suffix: string;
  close(): Promise<void>;
}

async function engineAtHand(): Promise<DemoEngine | undefined> {
  const config = loadConfig(process.env);
  const dockerHost = readDockerHost(config);
  try {
    await createDockerodeSwarm(dockerHost).checkManager({ timeoutMs: 2000 });
  } catch {
    return undefined;
  }
  return {
    dockerHost,
    description: `On the Docker engine at ${config.DOCKER_HOST}, a Swarm manager. The service is the demo's own and is removed afterwards; no container is started.`,
    suffix: `-${process.pid}`,
    close: async () => {},
  };
}

async function embeddedEngine(): Promise<DemoEngine> {
  const swarm = await startEmbeddedSwarm({ port: 0, updateStepMs: 60_000 });
  return {
    dockerHost: readDockerHost({ ...loadConfig({}), DOCKER_HOST: swarm.dockerHost }),
    description:
      'No Docker engine that is a Swarm manager at hand: on the embedded swarm. It is simulated; all the rest is real.',
    suffix: '',
    close: () => swarm.close(),
  };
}

await play();
