import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployStack } from '../support/deploy-stack.ts';
import { freePort } from '../support/free-port.ts';
import { ALERTMANAGER_IMAGE, PROMETHEUS_IMAGE } from '../support/monitoring-images.ts';
import type { PrivateEngine } from '../support/private-engine.ts';
import { TOKEN } from '../support/standalone.ts';
import { waitFor } from '../support/wait-for.ts';
import { DEMO_IMAGE, SCALER_IMAGE } from './images.ts';
import { createPrometheusApi, type PrometheusApi } from './prometheus-api.ts';
import { quickAlertmanagerConfig } from './quick-alertmanager.ts';

const NETWORK = 'monitor';
const STACKS = ['go-demo', 'monitor', 'slack', 'scaler'];
const SECRETS = { 'scaler-token': TOKEN, 'slack-webhook-url': 'http://slack:8080/' };

/** A message as Slack gets it. */
export interface SlackMessage {
  readonly color: string;
  readonly title: string;
  readonly text: string;
}

/** The project's stacks on a real Swarm. */
export interface Stage {
  readonly prometheus: PrometheusApi;
  /** What came where Slack would be, in order. */
  slackMessages(): Promise<readonly SlackMessage[]>;
  /** What the services say, for the day when the loop stays open. */
  logs(): Promise<string>;
  dispose(): Promise<void>;
}

/** Deploys what the tutorial deploys, in its order, with shorter times. The images have to be there. */
export async function deployLoop(engine: PrivateEngine): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'closed-loop-'));
  const prometheusPort = await freePort();
  const { docker } = engine;

  async function dispose(): Promise<void> {
    await removeAll(engine);
    await rm(folder, { recursive: true });
  }

  try {
    await docker('network', 'create', '--driver', 'overlay', '--attachable', NETWORK);
    for (const [name, value] of Object.entries(SECRETS)) {
      await writeFile(join(folder, name), value);
      await docker('secret', 'create', name, join(folder, name));
    }
    const alertmanagerConfig = join(folder, 'alertmanager.yml');
    await writeFile(alertmanagerConfig, await quickAlertmanagerConfig());
    const variables = {
      DOCKER_SOCKET: engine.socketPath,
      DOCKER_GID: String((await stat(engine.socketPath)).gid),
      ENDPOINT_MODE: 'dnsrr',
      SCALER_IMAGE,
      PROMETHEUS_IMAGE,
      ALERTMANAGER_IMAGE,
      DEMO_IMAGE,
      SCALER_PORT: String(await freePort()),
      PROMETHEUS_PORT: String(prometheusPort),
      ALERTMANAGER_PORT: String(await freePort()),
      ALERTMANAGER_CONFIG: alertmanagerConfig,
      DEFAULT_SCALE_UP_COOLDOWN: '4s',
      DEFAULT_SCALE_DOWN_COOLDOWN: '4s',
      DEMO_SCRAPE_INTERVAL: '1s',
      DEMO_RANGE: '10s',
    };
    await deployStack(engine, 'scaler', ['stacks/standalone.yml', 'stacks/scaler.yml'], variables);
    await deployStack(engine, 'slack', ['stacks/slack-stand-in.yml'], variables);
    await deployStack(engine, 'monitor', ['stacks/monitoring.yml'], variables);
    await deployStack(engine, 'go-demo', ['stacks/go-demo.yml'], variables);
  } catch (error) {
    // Whatever was not deployed cannot be removed; the first error says why.
    await dispose().catch(() => undefined);
    throw error;
  }
  return {
    prometheus: createPrometheusApi(`http://127.0.0.1:${prometheusPort}`),
    slackMessages: async () => {
      const lines = await docker('service', 'logs', '--raw', 'slack_slack');
      return lines
        .split('\n')
        .filter(Boolean)
        .map((line): SlackMessage => JSON.parse(line));
    },
    logs: () => logsOf(engine),
    dispose,
  };
}

/** A network that tasks still leave would stay half removed: first the services, then the rest. */
async function removeAll({ docker }: PrivateEngine): Promise<void> {
  const ofStacks = ['--quiet', '--filter', 'label=com.docker.stack.namespace'];
  const services = (await docker('service', 'ls', ...ofStacks)).split('\n').filter(Boolean);
  if (services.length > 0) await docker('service', 'rm', ...services);
  const areGone = async () => (await docker('ps', '--all', ...ofStacks)) === '';
  await waitFor('the containers of the stacks to be gone', areGone, { timeoutMs: 60_000 });
  await docker('stack', 'rm', ...STACKS);
  await docker('network', 'rm', NETWORK);
  await docker('secret', 'rm', ...Object.keys(SECRETS));
}

async function logsOf({ docker }: PrivateEngine): Promise<string> {
  const services = (await docker('service', 'ls', '--format', '{{.Name}}')).split('\n');
  const logs = services.map(async (service) => {
    const tasks = await docker(
      'service',
      'ps',
      '--no-trunc',
      '--format',
      '{{.CurrentState}} {{.Error}}',
      service,
    );
    return `${service}: ${tasks}\n${await docker('service', 'logs', '--raw', '--tail', '20', service)}`;
  });
  return (await Promise.all(logs)).join('\n\n');
}
