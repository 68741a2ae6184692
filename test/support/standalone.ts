import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, untilAnswering } from './child-process.ts';
import { freePort } from './free-port.ts';

export const TOKEN = 'a-token-for-tests';

/** The standalone server as a process of its own, with secrets in files, as an operator runs it. */
export interface StandaloneProcess {
  readonly url: string;
  readonly tokenFile: string;
  /** Sends an explicit order; gives the status and the answer. */
  order(query: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }>;
  /** The log's lines. */
  log(): readonly Record<string, unknown>[];
  output(): string;
  stop(): Promise<number | null>;
}

export interface StandaloneOptions {
  readonly dockerHost: string;
  readonly env?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  readonly port?: number;
}

export async function startStandalone({
  dockerHost,
  env = {},
  secrets = {},
  port: givenPort,
}: StandaloneOptions): Promise<StandaloneProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'swarm-scaler-standalone-'));
  for (const [name, value] of Object.entries({ 'scaler-token': TOKEN, ...secrets })) {
    await writeFile(join(folder, name), `${value}\n`);
  }
  const port = givenPort ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const root = new URL('../..', import.meta.url).pathname;
  const program = startProgram(process.execPath, ['--import', 'tsx', 'standalone/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: String(port), DOCKER_HOST: dockerHost, SECRETS_DIR: folder, ...env },
  });
  await untilAnswering('the standalone server', `${url}/v1/ping`, program);
  return {
    url,
    tokenFile: join(folder, 'scaler-token'),
    output: program.output,
    log: () =>
      program
        .output()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    async order(query) {
      const response = await fetch(`${url}/function/scale-service?${new URLSearchParams(query)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async stop() {
      const code = await program.stop();
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
