import { EngineError } from '../engine-error.ts';

export interface Call {
  readonly query: URLSearchParams;
  readonly body: string;
  /** What stands in the path where the route has a group. */
  readonly name: string;
}

/** A text to answer with, or a function that writes lines until the one that it gives back is called. */
export type Answer =
  | { readonly status: number; readonly text: string }
  | { readonly stream: (write: (line: string) => void) => () => void };

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (call: Call) => Answer;
}

export const ok = (text: string): Answer => ({ status: 200, text });

const [OLDEST_API, NEWEST_API] = [12, 41];

/**
 * Takes the API version off a path: `/v1.41/services` is `/services`.
 * @throws {EngineError} 400 for a version that this engine does not speak
 */
export function withoutVersion(path: string): string {
  const [prefix = '', minor] = /^\/v1\.(\d+)(?=\/)/.exec(path) ?? [];
  if (Number(minor) > NEWEST_API) {
    throw new EngineError(
      400,
      `client version 1.${minor} is too new. Maximum supported API version is 1.${NEWEST_API}`,
    );
  }
  if (Number(minor) < OLDEST_API) {
    throw new EngineError(
      400,
      `client version 1.${minor} is too old. Minimum supported API version is 1.${OLDEST_API}, please upgrade your client to a newer version`,
    );
  }
  return path.slice(prefix.length);
}

/** @throws {EngineError} 404 when there is no such route */
export function route(
  routes: readonly Route[],
  method: string,
  path: string,
  call: Omit<Call, 'name'>,
): Answer {
  for (const candidate of routes) {
    const match = candidate.method === method && candidate.path.exec(path);
    if (match) return candidate.answer({ ...call, name: decodeURIComponent(match[1] ?? '') });
  }
  throw new EngineError(404, 'page not found');
}
