import { join } from 'node:path';
import { importBaseImages } from '../support/base-images.ts';
import { importMonitoringImages } from '../support/monitoring-images.ts';
import type { PrivateEngine } from '../support/private-engine.ts';

const ROOT = join(import.meta.dirname, '../..');

export const SCALER_IMAGE = 'swarm-scaler-test/standalone:latest';
export const DEMO_IMAGE = 'swarm-scaler-test/demo-service:latest';

/** All images that the stacks name, built from the project's own Dockerfiles on bases made of this machine's programs. */
export async function buildImages(engine: PrivateEngine): Promise<void> {
  await importBaseImages(engine);
  await importMonitoringImages(engine);
  // The engine has no bridge; the packages come over the machine's own network.
  const build = (image: string, file: string, context: string) =>
    engine.docker(
      'build',
      '--network',
      'host',
      '--tag',
      image,
      '--file',
      join(ROOT, file),
      join(ROOT, context),
    );
  await build(DEMO_IMAGE, 'examples/demo-service/Dockerfile', 'examples/demo-service');
  await build(SCALER_IMAGE, 'standalone/Dockerfile', '.');
}
