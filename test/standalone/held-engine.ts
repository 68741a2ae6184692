import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** An engine that knows one service, `web`, and answers nothing until it is released. */
export interface HeldEngine {
  readonly dockerHost: string;
  /** `GET`, `POST`: what was asked, in order, answered or not. */
  readonly calls: readonly string[];
  listen(): Promise<void>;
  release(): void;
  close(): Promise<void>;
}

const WEB = JSON.stringify({
  ID: '8ahi7s5gl3mjm1ktlpsdwbaoh',
  Version: { Index: 10 },
  Spec: { Name: 'web', Labels: {}, Mode: { Replicated: { Replicas: 2 } } },
});

/** Its socket is there once it listens. */
export async function createHeldEngine(): Promise<HeldEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'held-engine-'));
  const socketPath = join(folder, 'docker.sock');
  const calls: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (request, response) => {
    calls.push(request.method ?? '');
    await text(request);
    await held;
    response.end(request.url?.startsWith('/services/web') ? WEB : '[]');
  });
  return {
    dockerHost: `unix://${socketPath}`,
    calls,
    release,
    async listen() {
      server.listen(socketPath);
      await once(server, 'listening');
    },
    async close() {
      release();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
