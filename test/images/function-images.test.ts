import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { importBaseImages } from '../support/base-images.ts';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { layOutTemplate, STACK, shrinkwrap } from '../support/shrinkwrap.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { waitFor } from '../support/wait-for.ts';

const BUILD_MS = 240_000;
const TOKEN = 'a-token-of-the-test';
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

/** How each function answers a call that it lets in, before it has an engine or a body. */
const FIRST_ANSWERS: Readonly<Record<string, { readonly method: string; readonly status: number }>> = {
  'scale-service': { method: 'POST', status: 400 },
  notify: { method: 'POST', status: 400 },
  'alert-rules': { method: 'GET', status: 503 },
};

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

describe('An image built with the template', () => {
  let engine: PrivateEngine;
  let folder: string;
  let container: string | undefined;

  before(async function () {
    engine = await requireEngine(this);
    this.timeout(BUILD_MS);
    await importBaseImages(engine);
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'function-image-'));
  });

  afterEach(async () => {
    if (container !== undefined) await engine.docker('rm', '--force', container);
    container = undefined;
    await rm(folder, { recursive: true });
  });

  async function build(layOut: (layout: string) => Promise<void>): Promise<string> {
    const layout = join(folder, 'layout');
    await layOut(layout);
    // The engine has no bridge; the packages come over the machine's own network.
    await engine.docker('build', '--network', 'host', '--tag', 'function-under-test', layout);
    return 'function-under-test';
  }

  async function runUntilHealthy(image: string, ...options: readonly string[]): Promise<string> {
    const id = await engine.docker('run', '--detach', '--network', 'none', ...options, image);
    container = id;
    await waitFor('the health check', async () => {
      const health = await engine.docker('inspect', '--format', '{{.State.Health.Status}}', id);
      return health === 'healthy';
    });
    return id;
  }

  const post = (id: string, query: string, body: string, headers = {}): Promise<Answer> =>
    call(id, query, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  /** Asks from inside: the container has no network but its own loopback. */
  async function call(id: string, query: string, init: object): Promise<Answer> {
    const url = JSON.stringify(`http://127.0.0.1:8080/${query}`);
    const script = `fetch(${url}, ${JSON.stringify(init)}).then(async (answer) =>
      console.log(JSON.stringify({ status: answer.status, body: await answer.json() })))`;
    return JSON.parse(await engine.docker('exec', id, 'node', '-e', script));
  }

  async function secretsOption(): Promise<string> {
    const secrets = join(folder, 'secrets');
    await mkdir(secrets);
    await writeFile(join(secrets, 'scaler-token'), TOKEN);
    // The container's user is another one than that of the tests.
    await chmod(folder, 0o755);
    return `--volume=${secrets}:/var/openfaas/secrets:ro`;
  }

  it('of the sample is healthy, answers, is not root, holds the bundle alone and stops cleanly', async () => {
    const image = await build((layout) => layOutTemplate('node24-ts', layout));
    const id = await runUntilHealthy(image);

    expect(await post(id, '', '{"hello":"world"}')).to.deep.equal({
      status: 200,
      body: { body: { hello: 'world' }, contentType: 'application/json' },
    });
    expect(await engine.docker('inspect', '--format', '{{.Config.User}}', id)).to.equal('1000:1000');
    const listHome = "console.log(process.getuid(), require('fs').readdirSync('.').join())";
    expect(await engine.docker('exec', id, 'node', '-e', listHome)).to.equal('1000 server.cjs');

    await engine.docker('stop', id);
    expect(await engine.docker('inspect', '--format', '{{.State.ExitCode}}', id)).to.equal('0');
  }).timeout(BUILD_MS);

  for (const [name, stackFunction] of Object.entries(STACK.functions)) {
    it(`of ${name} is healthy with the settings of stack.yml and asks for the token`, async () => {
      const image = await build((layout) => shrinkwrap(stackFunction, layout));
      const settings = Object.entries(stackFunction.environment).map(
        ([key, value]) => `--env=${key}=${value}`,
      );
      const id = await runUntilHealthy(image, await secretsOption(), ...settings);

      const { method, status } = FIRST_ANSWERS[name] ?? {};
      expect(await call(id, '', { method })).to.have.property('status', 401);
      const admitted = await call(id, '', { method, headers: AUTHORIZED });
      expect(admitted).to.have.property('status', status);
      expect(admitted.body).to.have.property('status', 'NOK');
    }).timeout(BUILD_MS);
  }

  it('of scale-service scales a real service once it has the socket and its group', async () => {
    const stackFunction = STACK.functions['scale-service'];
    if (stackFunction === undefined) throw new Error('stack.yml has no scale-service');
    const image = await build((layout) => shrinkwrap(stackFunction, layout));
    const { gid } = await stat(engine.socketPath);
    const id = await runUntilHealthy(
      image,
      await secretsOption(),
      `--volume=${engine.socketPath}:/var/run/docker.sock`,
      `--group-add=${gid}`,
    );
    const service = 'scaled-from-an-image';
    const nowhere = '--constraint=node.labels.never==1';
    await engine.docker('service', 'create', '--detach', '--name', service, nowhere, SLEEP_IMAGE);
    try {
      const answer = await post(id, `?service=${service}&scale=up&by=2`, '', AUTHORIZED);
      expect(answer.status).to.equal(200);
      expect(answer.body).to.deep.include({ status: 'OK', notified: false });
      const replicas = '{{.Spec.Mode.Replicated.Replicas}}';
      expect(await engine.docker('service', 'inspect', '--format', replicas, service)).to.equal('3');
    } finally {
      await engine.docker('service', 'rm', service);
    }
  }).timeout(BUILD_MS);
});
