import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { buildFunction } from '../support/build-function.ts';
import { type RunningProgram, startProgram } from '../support/child-process.ts';
import { freePort } from '../support/free-port.ts';
import { layOutTemplate, STACK, shrinkwrap } from '../support/shrinkwrap.ts';
import { waitFor } from '../support/wait-for.ts';

const BUILD_MS = 120_000;

describe('A build folder as faas-cli lays it out', () => {
  let folder: string;
  let url: string;
  let program: RunningProgram | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shrinkwrap-'));
  });

  afterEach(async () => {
    await program?.stop();
    program = undefined;
    await rm(folder, { recursive: true });
  });

  /** Runs what is in the image, and nothing else: the bundle. */
  async function start(env: Readonly<Record<string, string>>): Promise<RunningProgram> {
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    program = startProgram('node', [join(folder, 'server.cjs')], {
      env: { PATH: process.env.PATH, SECRETS_DIR: folder, http_port: String(port), ...env },
    });
    return program;
  }

  async function startUntilListening(env: Readonly<Record<string, string>>): Promise<void> {
    const started = await start(env);
    await waitFor('the function', () => started.output().includes('Server listening'));
  }

  async function forgetPackages(): Promise<void> {
    for (const path of ['node_modules', 'function']) await rm(join(folder, path), { recursive: true });
  }

  it('of the sample builds, passes its own check, and answers', async () => {
    await layOutTemplate('node24-ts', folder);
    await buildFunction(folder);
    await forgetPackages();
    await startUntilListening({});
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"hello":"world"}',
    });
    expect(await answer.json()).to.deep.equal({ body: { hello: 'world' }, contentType: 'application/json' });
  }).timeout(BUILD_MS);

  for (const [name, stackFunction] of Object.entries(STACK.functions)) {
    it(`of ${name} builds, starts with the settings of stack.yml and answers; without its token it does not start`, async () => {
      await shrinkwrap(stackFunction, folder);
      await buildFunction(folder);
      await forgetPackages();
      // What dockerode loads for ssh hosts is left out, as package.json says.
      expect(await readFile(join(folder, 'server.cjs'), 'utf8')).not.to.include('ssh-userauth');

      const failing = await start(stackFunction.environment);
      await waitFor('the refusal', () => failing.output().includes('\n'));
      expect(failing.output()).to.match(/^Cannot start: No secret .*scaler-token: .*\n$/);
      expect(await failing.stop()).to.equal(1);

      await startUntilListening({ ...stackFunction.environment, SCALER_AUTH: 'none' });
      const answer = await fetch(url, { method: 'PUT', body: '{}' });
      expect(answer.status).to.equal(405);
      expect(await answer.json()).to.have.property('status', 'NOK');
    }).timeout(BUILD_MS);
  }

  it('has the shared code and the manifests below function/', async () => {
    const [first] = Object.values(STACK.functions);
    if (first === undefined) throw new Error('stack.yml has no functions');
    await shrinkwrap(first, folder);
    expect(await readdir(join(folder, 'function'))).to.include.members([
      'functions',
      'handler.ts',
      'package-lock.json',
      'package.json',
      'tsconfig.json',
    ]);
    expect(await readdir(join(folder, 'function/functions'))).to.deep.equal(['core']);
  });
});

describe('stack.yml', () => {
  it('starts the same process as the image', async () => {
    const template = parse(await readFile('template/node24-ts/template.yml', 'utf8'));
    expect(await readFile('template/node24-ts/Dockerfile', 'utf8')).to.include(
      `fprocess="${template.fprocess}"`,
    );
  });
});
