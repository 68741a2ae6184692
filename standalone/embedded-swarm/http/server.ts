import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../engine-error.ts';
import type { Fault, FaultQueue } from '../faults.ts';
import { type Answer, type Route, route, withoutVersion } from './router.ts';

interface Engine {
  readonly routes: readonly Route[];
  readonly faults: FaultQueue;
  /** Changes the service of that name or ID as somebody else would. */
  readonly changeFromOutside: (nameOrId: string) => void;
}

/** The engine's HTTP; it does not listen yet. */
export function createEngineServer(engine: Engine): Server {
  const server = createServer((request, response) => {
    serve(engine, request, response).catch((error: unknown) => write(response, answerOf(error)));
  });
  // The engine does not hang up on clients that keep their connections.
  server.keepAliveTimeout = 0;
  return server;
}

async function serve(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  const body = await text(request);
  const { pathname, searchParams: query } = new URL(url, 'http://engine');
  const path = withoutVersion(pathname);
  const fault = engine.faults.take(method, path);
  if (await strikeBefore(engine, fault, request, path)) return;
  const answer = answerOrError(() => route(engine.routes, method, path, { query, body }));
  if (fault?.kind === 'reset-after') request.socket.destroy();
  else write(response, answer);
}

/** What a fault does before the request is served; true when that was all. */
async function strikeBefore(
  { changeFromOutside }: Engine,
  fault: Fault | undefined,
  { socket }: IncomingMessage,
  path: string,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'delay':
      await sleep(fault.delayMs, undefined, { ref: false });
      return false;
    case 'hang':
      return true;
    case 'reset-before':
      socket.destroy();
      return true;
    case 'error':
      throw new EngineError(fault.status, fault.message);
    case 'lost-race':
      changeFromOutside(decodeURIComponent(path.split('/')[2] ?? ''));
      return false;
    case 'reset-after':
    case undefined:
      return false;
  }
}

function answerOrError(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    return answerOf(error);
  }
}

function answerOf(error: unknown): Answer {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return {
    status: error instanceof EngineError ? error.status : 500,
    text: JSON.stringify({ message }),
  };
}

function write(response: ServerResponse, answer: Answer): void {
  const headers = { 'Content-Type': 'application/json', 'Api-Version': '1.41' };
  if ('stream' in answer) {
    response.writeHead(200, headers).flushHeaders();
    const stop = answer.stream((line) => response.write(`${line}\n`));
    response.on('close', stop);
  } else {
    response.writeHead(answer.status, headers).end(answer.text);
  }
}
