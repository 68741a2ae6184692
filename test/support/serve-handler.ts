import type { FastifyInstance } from 'fastify';
import type { FunctionHandler } from '../../template/node24-ts/function/openfaas.ts';
import { createServer } from '../../template/node24-ts/server.ts';

/** Serves handlers to one suite: each on a port of its own, until the test ends. */
export function serveDuringTests(): (handler: FunctionHandler) => Promise<string> {
  const servers: FastifyInstance[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return async (handler) => {
    const server = createServer(handler, { logLevel: 'silent' });
    servers.push(server);
    return await server.listen({ port: 0, host: '127.0.0.1' });
  };
}
