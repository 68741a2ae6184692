import { Agent, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** The barest client that keeps its connections: what both sides of every comparison go through. */
export function createHttpClient(
  target: RequestOptions,
): (method: string, path: string, body?: string) => Promise<HttpAnswer> {
  const agent = new Agent({ keepAlive: true });
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = { ...target.headers, ...(body && { 'content-type': 'application/json' }) };
      const outgoing = request({ ...target, agent, method, path, headers }, (response) => {
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}
