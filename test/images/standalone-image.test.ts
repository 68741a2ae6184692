import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { importBaseImages } from '../support/base-images.ts';
import { deployStack } from '../support/deploy-stack.ts';
import { freePort } from '../support/free-port.ts';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOT = join(import.meta.dirname, '../..');
const IMAGE = 'swarm-scaler-test/standalone';
const TOKEN = 'a-token-of-the-test';
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

describe('The standalone image, deployed with stacks/standalone.yml', function () {
  this.timeout(180_000);

  let engine: PrivateEngine;
  let folder: string;
  let url: string;

  before(async function () {
    engine = await requireEngine(this);
    this.timeout(180_000);
    folder = await mkdtemp(join(tmpdir(), 'standalone-image-'));
    await importBaseImages(engine);
    await engine.docker(
      'build',
      '--network',
      'host',
      '--file',
      join(ROOT, 'standalone/Dockerfile'),
      '--tag',
      IMAGE,
      ROOT,
    );
    await deploy();
    await waitFor('the health check', async () => (await currentState()).startsWith('Running'), {
      timeoutMs: 60_000,
    });
  });

  after(async () => {
    await engine?.docker('stack', 'rm', 'scaler').catch(() => undefined);
    await engine?.docker('service', 'rm', 'scaled-by-stack').catch(() => undefined);
    if (folder) await rm(folder, { recursive: true });
  });

  /** As the head of the file says. */
  async function deploy(): Promise<void> {
    const token = join(folder, 'token');
    await writeFile(token, `${TOKEN}\n`);
    await engine.docker('secret', 'create', 'scaler-token', token);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await deployStack(engine, 'scaler', ['stacks/standalone.yml'], {
      DOCKER_SOCKET: engine.socketPath,
      DOCKER_GID: String((await stat(engine.socketPath)).gid),
      SCALER_IMAGE: `${IMAGE}:latest`,
      SCALER_PORT: String(port),
      ENDPOINT_MODE: 'dnsrr',
    });
  }

  const currentState = () =>
    engine.docker(
      'service',
      'ps',
      '--filter',
      'desired-state=running',
      '--format',
      '{{.CurrentState}} {{.Error}}',
      'scaler_scaler',
    );

  it('is healthy, and ready to scale', async () => {
    const response = await waitFor('the server', async () => fetch(`${url}/healthz`));
    expect(await response.json()).to.deep.equal({
      status: 'OK',
      message: 'The engine answers as a Swarm manager',
    });
  });

  it('is not root', async () => {
    const id = await engine.docker(
      'ps',
      '--quiet',
      '--filter',
      'label=com.docker.swarm.service.name=scaler_scaler',
    );
    const user = await engine.docker('exec', id, 'node', '-p', 'process.getuid()');
    expect(user).to.equal('65532');
  });

  it('asks for the token of the secret', async () => {
    const response = await fetch(`${url}/v1/scale-service?service=scaled-by-stack&scale=up`, {
      method: 'POST',
    });
    expect(response.status).to.equal(401);
  });

  it('scales a service of the Swarm that it runs in', async () => {
    const create = [
      'service',
      'create',
      '--detach',
      '--no-resolve-image',
      '--constraint',
      'node.labels.never==1',
    ];
    await engine.docker(...create, '--name', 'scaled-by-stack', SLEEP_IMAGE);
    const response = await fetch(`${url}/v1/scale-service?service=scaled-by-stack&scale=up&by=2`, {
      method: 'POST',
      headers: AUTHORIZED,
    });
    expect(await response.json()).to.include({
      message: 'Scaling scaled-by-stack from 1 to 3 replicas (min: 1, max: 5)',
    });
    const format = '{{.Spec.Mode.Replicated.Replicas}}';
    expect(await engine.docker('service', 'inspect', '--format', format, 'scaled-by-stack')).to.equal('3');
  });
});
