import { formatDuration, printable } from '#core/values.ts';
import { SwarmError } from './swarm.ts';

/**
 * The errors of an engine's answers, read from status and words. Swarm's are gRPC errors behind HTTP: a lost race, for one,
 * is a 500 whose message ends in "update out of sequence".
 */
export function errorOfAnswer(statusCode: number, answer: string): SwarmError {
  const words = printable(readMessage(answer));
  if (statusCode === 404) return new SwarmError('not-found', words);
  if (statusCode === 503 && NO_MANAGER.test(words))
    return new SwarmError('not-a-manager', `The engine is no Swarm manager: ${words}`);
  if (statusCode === 500 && words.includes('update out of sequence'))
    return new SwarmError('conflict', words);
  if (statusCode >= 500)
    return new SwarmError('unanswered', `The engine failed (HTTP ${statusCode}): ${words}`);
  return new SwarmError('refused', `The engine refused (HTTP ${statusCode}): ${words}`);
}

/**
 * An engine says so before it does anything. Any other 503 can come from the middle of an update: from a manager that lost
 * its leader ("code = Unavailable"), or from a proxy.
 */
const NO_MANAGER = /not a swarm manager|swarm is encrypted|swarm certificates have expired/i;

/** Failures before anything was sent: no connection was made. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'EPERM',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** In docker-modem's words, as it gives no code: an answer that leads elsewhere, which we do not follow. */
const REDIRECTED = 'Max redirects exceeded';

/** @param timeoutMs the time that was given, when it ran out */
export function errorOfTransport(error: unknown, timeoutMs: number | undefined): SwarmError {
  if (timeoutMs !== undefined) {
    return new SwarmError(
      'unanswered',
      `The engine did not answer within ${formatDuration(Math.round(timeoutMs))}`,
      { cause: error },
    );
  }
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (message.startsWith(REDIRECTED))
    return new SwarmError('refused', 'The engine redirects: is DOCKER_HOST the address of an engine?', {
      cause: error,
    });
  return NOT_CONNECTED.has(code)
    ? new SwarmError('unreachable', `The engine cannot be reached: ${message}${hintFor(code)}`, {
        cause: error,
      })
    : new SwarmError('unanswered', `The engine hung up: ${message}`, { cause: error });
}

function hintFor(code: string): string {
  if (code === 'EACCES') return ' (does the function run with the group of the Docker socket?)';
  if (code === 'ENOENT') return ' (is the Docker socket mounted?)';
  return '';
}

function readMessage(answer: string): string {
  try {
    const { message } = JSON.parse(answer);
    return typeof message === 'string' ? message : answer;
  } catch {
    return answer;
  }
}
