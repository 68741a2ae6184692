import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, untilAnswering } from './child-process.ts';
import { freePort } from './free-port.ts';
import { requireProgram } from './require-program.ts';

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
export const requireAlertmanager = (suite: Mocha.Context): void => requireProgram(PROGRAM, suite);

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
  await untilAnswering('Alertmanager to be ready', `${url}/-/ready`, program);
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
