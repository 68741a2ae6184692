import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram, Registry } from 'prom-client';

const HEALTH_PATH = '/healthz';
const METRICS_PATH = '/metrics';
const HELLO_PATH = '/demo/hello';
const MAX_DELAY_MS = 60_000;

/**
 * A web server that answers `/demo/hello`, after as many milliseconds as `?delay=` says, and measures how long it took.
 *
 * `/metrics` has the histogram `http_server_resp_time`, in seconds, with the labels `code` and `method`: what the
 * shortcuts for requests and response times ask for. Health checks and scrapes are left out of it, else no service
 * would ever be idle.
 * @returns {import('node:http').Server}
 */
export function createDemoService() {
  const registry = new Registry();
  const responseTimes = new Histogram({
    name: 'http_server_resp_time',
    help: 'How long requests took, in seconds',
    labelNames: /** @type {const} */ (['code', 'method']),
    // Shortcuts compare with one of these: `@resp_time_above:0.1,…` needs a bucket of 0.1.
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });

  return createServer(async ({ method = 'GET', url = '/' }, response) => {
    const [path, query] = url.split('?', 2);
    if (path === HEALTH_PATH) {
      response.end('ok\n');
    } else if (path === METRICS_PATH) {
      response.setHeader('content-type', registry.contentType).end(await registry.metrics());
    } else {
      const stop = responseTimes.startTimer({ method });
      const { code, text } = await answer(path, new URLSearchParams(query));
      response.writeHead(code, { 'content-type': 'text/plain' }).end(`${text}\n`);
      stop({ code });
    }
  });
}

/**
 * @param {string | undefined} path
 * @param {URLSearchParams} query
 */
async function answer(path, query) {
  if (path !== HELLO_PATH) return { code: 404, text: `Nothing here: try ${HELLO_PATH}?delay=100` };
  const delayMs = Number(query.get('delay') ?? 0);
  if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > MAX_DELAY_MS) {
    return { code: 400, text: `delay: expected milliseconds from 0 to ${MAX_DELAY_MS}` };
  }
  await sleep(delayMs);
  return { code: 200, text: 'hello, world!' };
}
