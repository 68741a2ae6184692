import type { FastifyInstance } from 'fastify';

/** Docker kills 10 s after SIGTERM; the watchdog gives a call 10 s. */
const GRACE_MS = 9_500;

/**
 * On SIGTERM or SIGINT: accepts no more, lets the requests in flight finish for `graceMs`, exits with 0.
 * To be called before the server listens.
 */
export function stopOnSignal(server: FastifyInstance, graceMs = GRACE_MS): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => {
      server.log.warn(`Requests were still in flight ${graceMs} ms after the signal`);
      process.exit(0);
    }, graceMs);
    server.close(() => process.exit(0));
  };
  // Else the connection of a request in flight would stay open, and the server with it.
  server.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
