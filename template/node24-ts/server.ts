import { type FastifyInstance, type FastifyReply, fastify, LogController } from 'fastify';
import { callHandler } from './call-handler.ts';
import { answerError, answerUnreadableRequest, answerUnroutedMethod } from './error-answers.ts';
import type { FunctionHandler } from './function/openfaas.ts';
import type { FunctionAnswer } from './function-context.ts';
import { createEvent } from './function-event.ts';

/** The largest body that is read; a larger one is answered with 413. */
const BODY_LIMIT_BYTES = 1024 * 1024;
/** For a client to send all of its request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** An HTTP server whose every path and method is one handler. All of its errors are JSON. */
export function createServer(handler: FunctionHandler, { logLevel = 'info' } = {}): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logger: {
      level: logLevel,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadableRequest,
  });
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(answerUnroutedMethod);
  // The stock templates read a body that comes with GET; fastify leaves it unread unless told.
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  server.all('*', async (request, reply) => {
    const log = request.log.child({ callId: request.headers['x-call-id'] });
    const answer = await callHandler(handler, createEvent(request), (error) =>
      log.error(error, 'The function failed after it had answered'),
    );
    if (answer.error !== undefined) log.error({ err: answer.error }, 'The function failed');
    return send(reply, answer);
  });
  return server;
}

function send(reply: FastifyReply, { status, headers, body }: FunctionAnswer): FastifyReply {
  reply.code(status).headers({ ...headers });
  if (body === undefined || body === null) return reply.send();
  if (typeof body === 'string' || body instanceof Uint8Array) return reply.send(body);
  if (!reply.hasHeader('content-type')) reply.type('application/json; charset=utf-8');
  return reply.send(JSON.stringify(body));
}
