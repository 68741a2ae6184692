import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type StandaloneProcess, startStandalone } from '../support/standalone.ts';
import { withFiles } from '../support/with-files.ts';
import { createHeldEngine, type HeldEngine } from './held-engine.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** Starts the server where it cannot start; gives the exit code and all that it said. */
async function failureOf(env: NodeJS.ProcessEnv): Promise<readonly [code: unknown, output: string]> {
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'standalone/main.ts'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, PORT: '0', ...env },
      timeout: 10_000,
    });
    return [0, ''];
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    return [code, stdout + stderr];
  }
}

describe('the standalone server does not start', function () {
  this.timeout(20_000);

  const bad: readonly [what: string, env: NodeJS.ProcessEnv, line: RegExp][] = [
    ['on a port that is none', { PORT: 'http' }, /PORT="http": expected /],
    ['with labels that cannot be told apart', { MIN_SCALE_LABEL: 'com.df.scaleMax' }, /com\.df\.scaleMax/],
    ['with an engine behind ssh', { DOCKER_HOST: 'ssh://me@there' }, /DOCKER_HOST="ssh:\/\/me@there": /],
    ['with a prefix that is no path', { SERVER_PREFIX: 'scaler' }, /SERVER_PREFIX="scaler": expected /],
  ];
  for (const [what, env, line] of bad) {
    it(`${what}: it says so in one line`, async () => {
      const [code, output] = await failureOf({ SCALER_AUTH: 'none', ...env });
      expect(code).to.equal(1);
      expect(output).to.match(/^Cannot start: .+\n$/);
      expect(output).to.match(line);
    });
  }

  it('without a token: it says how to mend it', async () => {
    await withFiles({}, async (folder) => {
      const [code, output] = await failureOf({ SECRETS_DIR: folder });
      expect(code).to.equal(1);
      expect(output).to.match(/^Cannot start: No secret .*scaler-token: .*SCALER_AUTH=none.*\n$/);
    });
  });

  it('on a port that is taken: it says so in one line', async () => {
    const other = createServer().listen(0, '0.0.0.0');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const [code, output] = await failureOf({ SCALER_AUTH: 'none', PORT: String(port) });
      expect(code).to.equal(1);
      expect(output).to.match(new RegExp(`^Cannot start: PORT="${port}": expected .*in use.*\n$`));
    } finally {
      other.close();
    }
  });
});

describe('the standalone server in front of a socket that is not there', function () {
  this.timeout(20_000);

  let engine: HeldEngine;
  let scaler: StandaloneProcess;

  before(async () => {
    engine = await createHeldEngine();
    engine.release();
    scaler = await startStandalone({ dockerHost: engine.dockerHost });
  });

  after(async () => {
    await scaler?.stop();
    await engine?.close();
  });

  const health = async () => {
    const answer = await fetch(`${scaler.url}/healthz`);
    return { status: answer.status, body: await answer.json() };
  };

  it('is alive but not ready, and turns orders away for later', async () => {
    expect((await fetch(`${scaler.url}/v1/ping`)).status).to.equal(200);
    const { status, body } = await health();
    expect(status).to.equal(503);
    expect(body)
      .to.have.property('message')
      .that.matches(/is the Docker socket mounted\?/);
    expect(await scaler.order({ service: 'web', scale: 'up' })).to.include({ status: 503 });
  });

  it('is ready as soon as the engine is there', async () => {
    await engine.listen();
    expect(await health()).to.include({ status: 200 });
    expect(await scaler.order({ service: 'web', scale: 'up' })).to.include({ status: 200 });
  });
});
