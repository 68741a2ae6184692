import { type Answer, send, type TextAnswer } from './answer.ts';
import type { Authenticate } from './auth.ts';
import { RequestError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './openfaas.ts';

type Method = 'GET' | 'POST';

/**
 * Turns a function's story into a handler: only its method, only with credentials, before anything of the body is looked at.
 * What it turns away is answered as JSON and told to nobody.
 */
export function guard(
  authenticate: Authenticate,
  logger: Logger,
  respond: (event: FunctionEvent) => Promise<Answer | TextAnswer>,
  method: Method = 'POST',
): FunctionHandler {
  return async (event: FunctionEvent, context: FunctionContext): Promise<void> => {
    try {
      admit(event, authenticate, method);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      logger.warn({ callId: callIdOf(event), reason: error.code }, error.message);
      send(context, answerTo(error, method));
      return;
    }
    send(context, await respond(event));
  };
}

/** @throws {RequestError} 405 or what `authenticate` throws */
export function admit(event: FunctionEvent, authenticate: Authenticate, method: Method = 'POST'): void {
  if (event.method !== method) {
    throw new RequestError(
      'method-not-allowed',
      `Incorrect method in request: ${event.method}; expected ${method}`,
    );
  }
  authenticate(event);
}

/** The gateway's id of a call. */
export function callIdOf({ headers }: FunctionEvent): string | undefined {
  const id = headers['x-call-id'];
  return typeof id === 'string' ? id : undefined;
}

/** The answer to a request that was turned away. */
export function answerTo({ code, httpStatus, message }: RequestError, method: Method = 'POST'): Answer {
  return { status: httpStatus, headers: headersFor(code, method), body: { status: 'NOK', message } };
}

function headersFor(code: RequestError['code'], method: Method): Readonly<Record<string, string>> {
  switch (code) {
    case 'unauthorized':
      return { 'www-authenticate': 'Bearer' };
    case 'method-not-allowed':
      return { allow: method };
    case 'bad-request':
      return {};
    default:
      return code satisfies never;
  }
}
