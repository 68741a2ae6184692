import { type Answer, RETRY_AFTER, send, type TextAnswer } from '#core/answer.ts';
import type { Admit } from '#core/guard.ts';
import type { FunctionEvent, FunctionHandler } from '#core/openfaas.ts';
import { printable } from '#core/values.ts';
import type { BackgroundQueue } from './background-queue.ts';
import type { Functions, ServedFunction } from './functions.ts';
import { type Route, routeOf } from './routes.ts';

export interface ResponderOptions {
  readonly functions: Functions;
  readonly admit: Admit;
  /** Resolves when the engine answers as a Swarm manager. */
  readonly checkReady: () => Promise<void>;
  readonly queue: BackgroundQueue;
  /** `SERVER_PREFIX` without a slash at its end. */
  readonly prefix: string;
}

/** The standalone server as one handler that hands each request to the function it is for. */
export function createResponder(options: ResponderOptions): FunctionHandler {
  return async (event, context) => send(context, await answer(event, options));
}

async function answer(event: FunctionEvent, options: ResponderOptions): Promise<Answer | TextAnswer> {
  const route = routeOf(event.path, options.prefix);
  if (route.kind !== 'function') return answerRoute(route.kind, event, options);
  const called = options.functions.get(route.name);
  if (called === undefined) return notFound(`No such function: ${printable(route.name)}`);
  const refusal = options.admit(event, called.method);
  if (refusal) return refusal;
  return route.isAsync ? acceptInBackground(called, event, options.queue) : called.respond(event);
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

/** Nobody waits for the outcome, and there are no callbacks: the log tells of it. */
function acceptInBackground(
  { respond }: ServedFunction,
  event: FunctionEvent,
  queue: BackgroundQueue,
): Answer {
  if (event.headers['x-callback-url'] !== undefined) {
    return nok(400, 'X-Callback-Url in request: there are no callbacks here; expected a call without it');
  }
  const isTaken = queue.add(async () => {
    await respond(event);
  });
  return isTaken
    ? { status: 202, body: { status: 'OK', message: 'Accepted' } }
    : unavailable('Too many requests are waiting already: expected this one later');
}

const ok = (message: string): Answer => ({ status: 200, body: { status: 'OK', message } });
const nok = (status: number, message: string): Answer => ({ status, body: { status: 'NOK', message } });
const notFound = (message: string): Answer => nok(404, message);
const unavailable = (message: string): Answer => ({ ...nok(503, message), headers: RETRY_AFTER });
