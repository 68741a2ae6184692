import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const BUNDLER = join(import.meta.dirname, '../../template/node24-ts/bundle.mjs');

describe('bundle.mjs', function () {
  this.timeout(20_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  }

  const bundle = () => run('node', [BUNDLER, 'main.ts', 'out/bundle.cjs'], { cwd: folder });
  const output = async () => (await run('node', ['out/bundle.cjs'], { cwd: folder })).stdout.trim();

  it('makes one CommonJS file of TypeScript modules and subpath imports', async () => {
    await write({
      'package.json': '{"type":"module","imports":{"#core/*":"./lib/*"}}',
      'main.ts': "import { double } from '#core/double.ts'; console.log(double(21) satisfies number);",
      'lib/double.ts': 'export const double = (value: number): number => value * 2;',
    });
    await bundle();
    await rm(join(folder, 'lib'), { recursive: true });
    expect(await output()).to.equal('42');
  });

  it("empties the modules that the project's package.json lists, wherever they are imported", async () => {
    await write({
      'package.json': '{"bundle":{"empty":["heavy"]}}',
      'main.ts': "import { loads } from 'wanted'; console.log(loads);",
      'node_modules/wanted/index.js': "exports.loads = Object.keys(require('heavy')).length;",
      'node_modules/heavy/index.js': 'exports.weight = 1000;',
    });
    await bundle();
    expect(await output()).to.equal('0');
    expect(await readFile(join(folder, 'out/bundle.cjs'), 'utf8')).not.to.include('weight');
  });

  it('goes by the package.json of the project that imports, not of the one that is built', async () => {
    await write({
      'package.json': '{"type":"module"}',
      'main.ts': "import { loads } from './function/handler.ts'; console.log(loads);",
      'function/package.json': '{"type":"module","bundle":{"empty":["heavy"]}}',
      'function/handler.ts': "import * as heavy from 'heavy'; export const loads = 'weight' in heavy;",
      'function/node_modules/heavy/index.js': 'exports.weight = 1000;',
    });
    await bundle();
    expect(await output()).to.equal('false');
  });

  it("prefers a package's ES module to its UMD, whose requires it could not see", async () => {
    await write({
      'package.json': '{}',
      'main.ts': "import { kind } from 'dual'; console.log(kind);",
      'node_modules/dual/package.json': '{"main":"umd.js","module":"esm.js"}',
      'node_modules/dual/umd.js': "exports.kind = 'umd';",
      'node_modules/dual/esm.js': "export const kind = 'esm';",
    });
    await bundle();
    expect(await output()).to.equal('esm');
  });

  it('keeps the names of functions, for the stacks in the log', async () => {
    await write({
      'package.json': '{}',
      'main.ts': 'function tellingName() { return new Error().stack; } console.log(tellingName());',
    });
    await bundle();
    expect(await output()).to.include('at tellingName');
  });

  it('fails, and says why, when something cannot be resolved', async () => {
    await write({ 'package.json': '{}', 'main.ts': "import 'missing';" });
    const failure = await bundle().catch((error) => error);
    expect(failure).to.include({ code: 1 });
    expect(failure.stderr).to.include('Could not resolve "missing"');
  });
});
