import { type Answer, RETRY_AFTER, send } from '#core/answer.ts';
import type { Authenticate } from '#core/auth.ts';
import { RequestError } from '#core/errors.ts';
import { admit, answerTo } from '#core/guard.ts';
import type { FunctionEvent, FunctionHandler } from '#core/openfaas.ts';
import { printable } from '#core/values.ts';
import { AnswerContext } from '../template/node24-ts/function-context.ts';
import type { BackgroundQueue } from './background-queue.ts';
import { type Route, routeOf } from './routes.ts';

export interface ResponderOptions {
  readonly handlers: ReadonlyMap<string, FunctionHandler>;
  readonly authenticate: Authenticate;
  /** Resolves when the engine answers as a Swarm manager. */
  readonly checkReady: () => Promise<void>;
  readonly queue: BackgroundQueue;
  /** `SERVER_PREFIX` without a slash at its end. */
  readonly prefix: string;
}

/** The standalone server as one handler that hands each request to the function it is for. */
export function createResponder(options: ResponderOptions): FunctionHandler {
  return async (event, context) => {
    const route = routeOf(event.path, options.prefix);
    const handler = route.kind === 'function' ? options.handlers.get(route.name) : undefined;
    if (route.kind !== 'function') send(context, await answerRoute(route.kind, event, options));
    else if (handler === undefined) send(context, notFound(`No such function: ${printable(route.name)}`));
    else if (route.isAsync) send(context, acceptInBackground(handler, event, options));
    else await handler(event, context);
  };
}

async function answerRoute(
  kind: Exclude<Route['kind'], 'function'>,
  event: FunctionEvent,
  { checkReady }: ResponderOptions,
): Promise<Answer> {
  switch (kind) {
    case 'ping':
      return ok('pong');
    case 'health':
      try {
        await checkReady();
        return ok('The engine answers as a Swarm manager');
      } catch (error) {
        return unavailable(error instanceof Error ? error.message : String(error));
      }
    case 'not-implemented':
      return nok(
        501,
        'Scaling nodes and rescheduling are not implemented: this scaler moves the replicas of services',
      );
    case 'not-found':
      return notFound(`No such path: ${printable(event.path)}`);
    default:
      return kind satisfies never;
  }
}

/** Credentials first, then 202: nobody waits for the outcome, and there are no callbacks. */
function acceptInBackground(
  handler: FunctionHandler,
  event: FunctionEvent,
  { authenticate, queue }: ResponderOptions,
): Answer {
  try {
    admit(event, authenticate);
  } catch (error) {
    if (error instanceof RequestError) return answerTo(error);
    throw error;
  }
  if (event.headers['x-callback-url'] !== undefined) {
    return nok(400, 'X-Callback-Url in request: there are no callbacks here; expected a call without it');
  }
  const isTaken = queue.add(async () => {
    // Nobody hears the answer; the log does.
    await handler(event, new AnswerContext(() => {}));
  });
  return isTaken
    ? { status: 202, body: { status: 'OK', message: 'Accepted' } }
    : unavailable('Too many requests are waiting already: expected this one later');
}

const ok = (message: string): Answer => ({ status: 200, body: { status: 'OK', message } });
const nok = (status: number, message: string): Answer => ({ status, body: { status: 'NOK', message } });
const notFound = (message: string): Answer => nok(404, message);
const unavailable = (message: string): Answer => ({ ...nok(503, message), headers: RETRY_AFTER });
