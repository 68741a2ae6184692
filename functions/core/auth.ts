import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './config/secrets.ts';
import type { Config } from './config/settings.ts';
import { RequestError } from './errors.ts';
import type { FunctionEvent } from './openfaas.ts';

/** Lets a request pass or throws a {@link RequestError}: 401, or 400 for a signed request with query parameters. */
export type Authenticate = (event: FunctionEvent) => void;

/** How old, or how far ahead, the `timestamp` in a signed body may be. */
const SIGNATURE_WINDOW_MS = 5 * 60_000;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Node gives header names in lower case. */
const SIGNATURE_HEADER = 'x-scaler-signature';

/** What `SCALER_AUTH` asks for: a token, or (`none`) nothing at all. */
export function createAuthenticateFrom(
  { SCALER_AUTH }: Pick<Config, 'SCALER_AUTH'>,
  { tokens }: Secrets,
): Authenticate {
  return SCALER_AUTH === 'none' ? () => {} : createAuthenticate(tokens);
}

/**
 * Accepts `Authorization: Bearer TOKEN` (Alertmanager's `credentials_file`) or the signature that
 * `faas-cli invoke --sign X-Scaler-Signature --key TOKEN` makes: `sha256=` and the hex HMAC of the raw body.
 * Tokens are compared in constant time and before the body is parsed. A signature covers nothing but the body, so the
 * body must not be empty, must carry a `timestamp` (RFC 3339) within five minutes of now, and query parameters are refused.
 */
export function createAuthenticate(tokens: readonly string[], now: () => number = Date.now): Authenticate {
  return (event) => {
    const { authorization } = event.headers;
    const signature = event.headers[SIGNATURE_HEADER];
    if (typeof authorization === 'string' && isKnownToken(authorization, tokens)) return;
    if (typeof signature === 'string' && isSignedBy(signature, event.rawBody, tokens)) {
      requireCoveredRequest(event, now());
      return;
    }
    throw new RequestError(
      'unauthorized',
      authorization === undefined && signature === undefined
        ? 'No credentials in request: expected an Authorization header with a Bearer token, or an X-Scaler-Signature'
        : 'Wrong credentials in request: expected a token of the secret scaler-token, or a signature made with one',
    );
  };
}

function isKnownToken(authorization: string, tokens: readonly string[]): boolean {
  const [, token] = /^Bearer (.*)$/i.exec(authorization) ?? [];
  return token !== undefined && anyOf(tokens, (known) => isSame(known, token.trim()));
}

function isSignedBy(signature: string, rawBody: Buffer, tokens: readonly string[]): boolean {
  if (rawBody.length === 0) return false;
  return anyOf(tokens, (token) =>
    isSame(`sha256=${createHmac('sha256', token).update(rawBody).digest('hex')}`, signature),
  );
}

/** Like `some`, but it always looks at every token, so that the time taken does not tell which one fitted. */
function anyOf(tokens: readonly string[], fits: (token: string) => boolean): boolean {
  return tokens.map(fits).includes(true);
}

/** Hashed first, because `timingSafeEqual` wants equal lengths. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function requireCoveredRequest(event: FunctionEvent, now: number): void {
  if (Object.keys(event.query).length > 0) {
    throw new RequestError(
      'bad-request',
      'A signed request takes no query parameters: the signature does not cover them; expected them in the body',
    );
  }
  const timestamp = readTimestamp(event.rawBody);
  if (timestamp === undefined || Math.abs(now - timestamp) > SIGNATURE_WINDOW_MS) {
    throw new RequestError(
      'unauthorized',
      'A signed body must carry "timestamp" (RFC 3339, such as "2026-01-31T12:00:00Z") within 5 minutes of now',
    );
  }
}

/** Milliseconds since the epoch; undefined when the body is no JSON or its timestamp is not RFC 3339. */
function readTimestamp(rawBody: Buffer): number | undefined {
  try {
    const { timestamp } = JSON.parse(rawBody.toString());
    const milliseconds = RFC_3339.test(timestamp) ? Date.parse(timestamp.toUpperCase()) : Number.NaN;
    return Number.isNaN(milliseconds) ? undefined : milliseconds;
  } catch {
    return undefined;
  }
}
