import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A real HTTP server that takes everything that is posted to it: Slack's end, or anybody's webhook. */
export interface Recorder {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The bodies as JSON. */
  bodies(): readonly unknown[];
  close(): Promise<void>;
}

/** @param status what it answers */
export async function startRecorder({ status = 200, answer = 'ok' } = {}): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, headers, body: await text(request) });
    response.writeHead(status).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    bodies: () => requests.map(({ body }) => JSON.parse(body)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
