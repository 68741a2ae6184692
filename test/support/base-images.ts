import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { copyInto, importImage, librariesOf } from './import-image.ts';
import type { PrivateEngine } from './private-engine.ts';

const run = promisify(execFile);

/** The base images that our Dockerfiles name. */
const NODE_IMAGE = 'node:24-alpine';
const WATCHDOG_IMAGE = 'ghcr.io/openfaas/of-watchdog:0.11.6';

const WATCHDOG = join(import.meta.dirname, 'stand-in-watchdog.cjs');
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** Gives an engine that cannot pull stand-ins for both base images, made of this machine's own Node, npm and busybox. */
export async function importBaseImages(engine: PrivateEngine): Promise<void> {
  await importImage(engine, WATCHDOG_IMAGE, async (root) => {
    await copyFile(WATCHDOG, join(root, 'fwatchdog'));
    await chmod(join(root, 'fwatchdog'), 0o755);
  });
  const { stdout: registry } = await run('npm', ['config', 'get', 'registry']);
  await importImage(engine, NODE_IMAGE, layOutNode, [
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    `ENV npm_config_registry=${registry.trim()} npm_config_cafile=${CERTIFICATES}`,
  ]);
}

async function layOutNode(root: string): Promise<void> {
  for (const path of [
    'bin',
    'usr/bin',
    'usr/local/bin',
    'usr/local/lib/node_modules',
    'etc',
    'root',
    'tmp',
  ]) {
    await mkdir(join(root, path), { recursive: true });
  }
  await chmod(join(root, 'tmp'), 0o1777);
  await writeFile(
    join(root, 'etc/passwd'),
    'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n',
  );
  await writeFile(join(root, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  await copyInto(root, CERTIFICATES);

  await copyFile('/bin/busybox', join(root, 'bin/busybox'));
  await symlink('busybox', join(root, 'bin/sh'));
  await symlink('/bin/busybox', join(root, 'usr/bin/env'));

  await copyFile(process.execPath, join(root, 'usr/local/bin/node'));
  for (const library of await librariesOf(process.execPath)) await copyInto(root, library);

  const { stdout: npm } = await run('sh', ['-c', 'command -v npm']);
  const npmFolder = dirname(dirname(await realpath(npm.trim())));
  await cp(npmFolder, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'));
}
