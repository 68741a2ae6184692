import { expect } from 'chai';
import { type RunningProgram, startProgram } from '../support/child-process.ts';
import { freePort } from '../support/free-port.ts';
import { waitFor } from '../support/wait-for.ts';

const TEMPLATE = new URL('../../template/node24-ts/', import.meta.url).href;
/** Starts what it is given as the module of a function. */
const serving = (module: string) =>
  `import { start } from '${TEMPLATE}start.ts'; await start(async () => { ${module} });`;
const SLOW_MODULE = `return { default: async () => {
  console.log('called');
  await new Promise((resolve) => setTimeout(resolve, 300));
  return 'finished';
} };`;

describe("the template's process", function () {
  this.timeout(20_000);
  let program: RunningProgram | undefined;
  let port: number;

  beforeEach(async () => {
    port = await freePort();
  });

  afterEach(async () => {
    await program?.stop();
  });

  function run(script: string, env: NodeJS.ProcessEnv = {}): RunningProgram {
    program = startProgram(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, http_port: String(port), ...env },
    });
    return program;
  }

  async function runUntilListening(script: string): Promise<RunningProgram> {
    const started = run(script);
    await waitFor('the server', () => started.output().includes('Server listening'));
    return started;
  }

  const get = () => fetch(`http://127.0.0.1:${port}/`);

  it('finishes the request in flight on SIGTERM, accepts no other, and exits with 0', async () => {
    const started = await runUntilListening(serving(SLOW_MODULE));
    const inFlight = get().then((answer) => answer.text());
    await waitFor('the call', () => started.output().includes('called'), { intervalMs: 10 });

    const exit = started.stop();
    await waitFor(
      'the refusal',
      () =>
        get().then(
          () => false,
          () => true,
        ),
      { intervalMs: 10 },
    );

    expect(await inFlight).to.equal('finished');
    expect(await exit).to.equal(0);
  });

  it('exits with 0 at once when nothing is in flight, though a connection is kept alive', async () => {
    const started = await runUntilListening(serving("return { default: () => 'kept alive' };"));
    expect(await (await get()).text()).to.equal('kept alive');
    expect(await started.stop()).to.equal(0);
  });

  it('does not wait longer than the grace period for a request that hangs', async () => {
    const started = await runUntilListening(`
      import { createServer } from '${TEMPLATE}server.ts';
      import { stopOnSignal } from '${TEMPLATE}stop.ts';
      const server = createServer(() => { console.log('called'); return new Promise(() => {}); });
      stopOnSignal(server, 200);
      await server.listen({ port: Number(process.env.http_port), host: '127.0.0.1' });`);
    const hanging = get().then(
      () => 'answered',
      () => 'cut',
    );
    await waitFor('the call', () => started.output().includes('called'), { intervalMs: 10 });
    expect(await started.stop()).to.equal(0);
    expect(await hanging).to.equal('cut');
  });

  async function failureOf(script: string, env?: NodeJS.ProcessEnv): Promise<readonly [number, string]> {
    const failing = run(`process.on('exit', (code) => console.error('exit ' + code)); ${script}`, env);
    await waitFor('the end', () => /^exit \d$/m.test(failing.output()));
    const lines = failing.output().trimEnd().split('\n');
    return [Number(lines.pop()?.slice('exit '.length)), lines.join('\n')];
  }

  it('ends with one line and exit code 1 when the function throws a ConfigError while it is loaded', async () => {
    const script = serving(
      "throw Object.assign(new Error('COUNT=\"x\": expected a number'), { name: 'ConfigError' });",
    );
    expect(await failureOf(script)).to.deep.equal([1, 'Cannot start: COUNT="x": expected a number']);
  });

  it('ends with the stack and exit code 1 when loading the function fails otherwise', async () => {
    const [code, output] = await failureOf(serving("throw new TypeError('broken');"));
    expect(code).to.equal(1);
    expect(output).to.match(/TypeError: broken\n\s+at /);
  });

  it('ends with one line when the handler is none', async () => {
    expect(await failureOf(serving('return { default: 42 };'))).to.deep.equal([
      1,
      'Cannot start: function/handler.ts has no default export that is a function (event, context)',
    ]);
  });

  for (const bad of ['abc', '-1', '65536', '30.5', ' ']) {
    it(`ends with one line when http_port is "${bad}"`, async () => {
      const [code, output] = await failureOf(serving(SLOW_MODULE), { http_port: bad });
      expect(code).to.equal(1);
      expect(output).to.equal(
        `Cannot start: http_port="${bad}": expected a port from 0 (any that is free) to 65535`,
      );
    });
  }
});
