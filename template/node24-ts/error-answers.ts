import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { failureBody } from './function-context.ts';

/** Answers what fastify or the handler's answer itself stumbled over. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error(error, 'The answer failed');
  // Whatever was set belonged to another answer. Without fastify's `connection: close` the rest of a body that is too
  // large is read and dropped: closing on a client that still writes would cost it the answer.
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  reply.code(status).send(failureBody(error));
}

/** Answers a method that is not routed to the handler. */
export function answerUnroutedMethod({ method }: FastifyRequest, reply: FastifyReply): void {
  reply.code(405).send(failureBody(`Method not allowed: ${method}`));
}

const STATUS_TEXTS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what is no HTTP, straight to the socket: there is no request to reply to. */
export function answerUnreadableRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const statusText = STATUS_TEXTS[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify(failureBody(statusText.slice(4)));
  socket.end(
    `HTTP/1.1 ${statusText}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
