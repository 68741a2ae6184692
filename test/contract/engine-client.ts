import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What an engine answered, and the answer's body as it came. */
export interface EngineAnswer {
  readonly status: number;
  readonly text: string;
  /** The words of an error. */
  readonly message: string | undefined;
}

/** Plain HTTP on an engine's socket, so that nothing stands between the facts and the engine. */
export interface EngineClient {
  get(path: string): Promise<EngineAnswer>;
  post(path: string, body: string): Promise<EngineAnswer>;
  delete(path: string): Promise<EngineAnswer>;
  /** The answer as soon as it begins, for those that do not end. */
  open(path: string): Promise<IncomingMessage>;
}

export function createEngineClient(socketPath: string): EngineClient {
  const send = (method: string, path: string, body?: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
      request({ socketPath, method, path, headers, agent: false }, resolve).on('error', reject).end(body);
    });
  const ask = async (method: string, path: string, body?: string) => {
    const response = await send(method, path, body);
    return readAnswer(response.statusCode ?? 0, await text(response));
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    delete: (path) => ask('DELETE', path),
    open: (path) => send('GET', path),
  };
}

function readAnswer(status: number, body: string): EngineAnswer {
  return { status, text: body, message: status < 400 ? undefined : JSON.parse(body).message };
}
