import { type Answer, send } from './answer.ts';
import type { Authenticate } from './auth.ts';
import { RequestError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './openfaas.ts';

const HEADERS: Readonly<Partial<Record<RequestError['code'], Record<string, string>>>> = {
  unauthorized: { 'www-authenticate': 'Bearer' },
  'method-not-allowed': { allow: 'POST' },
};

/**
 * Turns a function's story into a handler: only POST, only with credentials, before anything of the body is looked at.
 * What it turns away is answered as JSON and told to nobody.
 */
export function guard(
  authenticate: Authenticate,
  logger: Logger,
  respond: (event: FunctionEvent) => Promise<Answer>,
): FunctionHandler {
  return async (event: FunctionEvent, context: FunctionContext): Promise<void> => {
    try {
      admit(event, authenticate);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      logger.warn({ callId: callIdOf(event), reason: error.code }, error.message);
      send(context, answerTo(error));
      return;
    }
    send(context, await respond(event));
  };
}

/** @throws {RequestError} 405 or what `authenticate` throws */
export function admit(event: FunctionEvent, authenticate: Authenticate): void {
  if (event.method !== 'POST') {
    throw new RequestError(
      'method-not-allowed',
      `Incorrect method in request: ${event.method}; expected POST`,
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
export function answerTo({ code, httpStatus, message }: RequestError): Answer {
  return { status: httpStatus, headers: HEADERS[code] ?? {}, body: { status: 'NOK', message } };
}
