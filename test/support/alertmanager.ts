import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from './child-process.ts';
import { freePort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

const PROGRAM = 'prometheus-alertmanager';

/** A real Alertmanager, Debian's. */
export interface Alertmanager {
  readonly url: string;
  /** Its address for the other members of a cluster. */
  readonly clusterAddress: string;
  /** Posts alerts that fire from now on, as Prometheus does. */
  fire(labels: Record<string, string>, annotations?: Record<string, string>): Promise<void>;
  output(): string;
  stop(): Promise<void>;
}

export interface AlertmanagerOptions {
  readonly config: string;
  readonly peers?: readonly string[];
}

/** Skips the suite where there is no Alertmanager; in CI that is a failure. */
export function requireAlertmanager(suite: Mocha.Context): void {
  try {
    execFileSync(PROGRAM, ['--version'], { stdio: 'ignore' });
  } catch (error) {
    if (process.env.CI) throw new Error(`${PROGRAM} is not installed; CI needs it`, { cause: error });
    console.log(`      skipped: ${PROGRAM} is not installed`);
    suite.skip();
  }
}

export async function startAlertmanager({ config, peers = [] }: AlertmanagerOptions): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'swarm-scaler-alertmanager-'));
  const [port, clusterPort] = [await freePort(), await freePort()];
  const configFile = join(folder, 'alertmanager.yml');
  await writeFile(configFile, config);
  const url = `http://127.0.0.1:${port}`;
  const clusterAddress = `127.0.0.1:${clusterPort}`;
  const program = startProgram(PROGRAM, [
    `--config.file=${configFile}`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
    `--cluster.listen-address=${clusterAddress}`,
    `--cluster.advertise-address=${clusterAddress}`,
    ...peers.map((peer) => `--cluster.peer=${peer}`),
    '--log.level=debug',
  ]);
  await waitForReady(url, program);
  return {
    url,
    clusterAddress,
    output: program.output,
    async fire(labels, annotations = {}) {
      const response = await fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ labels, annotations, startsAt: new Date().toISOString() }]),
      });
      if (!response.ok) throw new Error(`Alertmanager answered ${response.status}: ${await response.text()}`);
    },
    async stop() {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function waitForReady(url: string, program: RunningProgram): Promise<void> {
  try {
    await waitFor('Alertmanager to be ready', async () => (await fetch(`${url}/-/ready`)).ok);
  } catch (error) {
    await program.stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${program.output()}`, {
      cause: error,
    });
  }
}

/** The configuration that docs/alertmanager.md gives, with other addresses and secrets in it, and quicker. */
export async function documentedConfig(replacements: Readonly<Record<string, string>>): Promise<string> {
  const page = await readFile(new URL('../../docs/alertmanager.md', import.meta.url), 'utf8');
  const [, config] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  if (config === undefined) throw new Error('docs/alertmanager.md has no configuration');
  return Object.entries(replacements).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The configuration of docs/alertmanager.md has no ${from}`);
    return text.replaceAll(from, to);
  }, config);
}
