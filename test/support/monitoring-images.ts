import { chmod, copyFile, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { copyInto, importImage, librariesOf } from './import-image.ts';
import type { PrivateEngine } from './private-engine.ts';

export const PROMETHEUS_IMAGE = 'swarm-scaler-test/prometheus:latest';
export const ALERTMANAGER_IMAGE = 'swarm-scaler-test/alertmanager:latest';

/** Debian's Alertmanager reads its templates from here. */
const TEMPLATES = '/usr/share/prometheus/alertmanager';

/** Images of the real Prometheus and Alertmanager, Debian's, laid out as the ones of the Prometheus project. */
export async function importMonitoringImages(engine: PrivateEngine): Promise<void> {
  await importImage(engine, PROMETHEUS_IMAGE, (root) => layOut(root, 'prometheus', '/usr/bin/prometheus'), [
    'ENTRYPOINT ["/bin/prometheus"]',
  ]);
  await importImage(
    engine,
    ALERTMANAGER_IMAGE,
    async (root) => {
      await layOut(root, 'alertmanager', '/usr/bin/prometheus-alertmanager');
      for (const template of ['default.tmpl', 'email.tmpl']) await copyInto(root, join(TEMPLATES, template));
    },
    ['ENTRYPOINT ["/bin/alertmanager"]', 'USER 65534:65534'],
  );
}

async function layOut(root: string, name: string, program: string): Promise<void> {
  await mkdir(join(root, 'bin'));
  await copyFile(program, join(root, 'bin', name));
  for (const library of await librariesOf(program)) await copyInto(root, library);

  // For the health checks.
  await copyFile('/bin/busybox', join(root, 'bin/busybox'));
  for (const applet of ['sh', 'wget']) await symlink('busybox', join(root, 'bin', applet));

  // Where its data goes: not as root.
  await mkdir(join(root, name));
  await chmod(join(root, name), 0o777);
}
