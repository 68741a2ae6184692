import { parse as parseForm } from 'node:querystring';
import type { FastifyRequest } from 'fastify';
import type { FunctionEvent } from './function/openfaas.ts';

/** The body is not what its content type says. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly statusCode = 400;
}

/** The event that a handler gets; its body is parsed when the handler asks for it. */
export function createEvent(request: FastifyRequest): FunctionEvent {
  const { method, headers, url } = request;
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  let parsed: { readonly body: unknown } | undefined;
  return {
    get body() {
      parsed ??= { body: parseBody(headers['content-type'], rawBody) };
      return parsed.body;
    },
    rawBody,
    headers,
    method,
    query: request.query as FunctionEvent['query'],
    path: url.split('?', 1)[0] ?? url,
  };
}

function parseBody(contentType: string | undefined, bytes: Buffer): unknown {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? 'text/plain';
  if (/^application\/(.+\+)?json$/.test(type)) return parseJson(bytes);
  if (type === 'application/x-www-form-urlencoded') return { ...parseForm(bytes.toString()) };
  return type.startsWith('text/') ? bytes.toString() : bytes;
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new BodyError(`Malformed JSON in the body: ${(error as Error).message}`, { cause: error });
  }
}
