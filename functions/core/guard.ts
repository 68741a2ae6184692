import { type Answer, send, type TextAnswer } from './answer.ts';
import type { Authenticate } from './auth.ts';
import { RequestError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './openfaas.ts';

/** The only method that a function takes. */
export type Method = 'GET' | 'POST';

/** The answer to a request that may not pass, by its method or its credentials; undefined for one that may. */
export type Admit = (event: FunctionEvent, method: Method) => Answer | undefined;

/** Looks at nothing of the body before the credentials are good. Whom it turns away is logged, and told to nobody. */
export function createAdmit(authenticate: Authenticate, logger: Logger): Admit {
  return (event, method) => {
    try {
      requireMethod(event, method);
      authenticate(event);
      return undefined;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      logger.warn({ callId: callIdOf(event), reason: error.code }, error.message);
      return answerTo(error, method);
    }
  };
}

/** Turns a function's story into a handler: only its method, only with credentials. */
export function guard(
  authenticate: Authenticate,
  logger: Logger,
  respond: (event: FunctionEvent) => Promise<Answer | TextAnswer>,
  method: Method = 'POST',
): FunctionHandler {
  const admit = createAdmit(authenticate, logger);
  return async (event: FunctionEvent, context: FunctionContext): Promise<void> =>
    send(context, admit(event, method) ?? (await respond(event)));
}

function requireMethod(event: FunctionEvent, method: Method): void {
  if (event.method === method) return;
  throw new RequestError(
    'method-not-allowed',
    `Incorrect method in request: ${event.method}; expected ${method}`,
  );
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
