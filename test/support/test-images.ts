import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Dockerd } from './dockerd.ts';

/** A task that sleeps until it is told to stop; two versions, so that an update has somewhere to go. */
export const SLEEP_IMAGE = 'swarm-scaler-test/sleep:1';
export const NEXT_SLEEP_IMAGE = 'swarm-scaler-test/sleep:2';
/** A task that ends at once with exit code 1. */
export const BROKEN_IMAGE = 'swarm-scaler-test/sleep:broken';

/** PID 1 ignores SIGTERM unless it traps it, and would hold up every removal for ten seconds. */
const SLEEP = 'trap exit TERM; sleep 1000000 & wait';

/** Makes the images from Debian's busybox-static: nothing is pulled. */
export async function importTestImages({ docker, folder }: Dockerd): Promise<void> {
  const archive = await packBusybox(folder);
  await docker('import', '--change', commandOf(SLEEP), archive, SLEEP_IMAGE);
  await docker('import', '--change', commandOf('exit 1'), archive, BROKEN_IMAGE);
  await docker('tag', SLEEP_IMAGE, NEXT_SLEEP_IMAGE);
}

const commandOf = (script: string) => `CMD ${JSON.stringify(['/bin/sh', '-c', script])}`;

async function packBusybox(folder: string): Promise<string> {
  const root = join(folder, 'busybox');
  const archive = `${root}.tar`;
  await mkdir(join(root, 'bin'), { recursive: true });
  // As /bin/sh it is a shell whose commands (sleep, …) are built in.
  await copyFile('/bin/busybox', join(root, 'bin', 'sh'));
  await promisify(execFile)('tar', ['--create', '--file', archive, '--directory', root, '.']);
  return archive;
}
