import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { createAuthenticate, createAuthenticateFrom } from '#core/auth.ts';
import { RequestError } from '#core/errors.ts';
import { eventOf } from '../support/event.ts';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const TOKENS = ['new-token', 'old-token'];

const authenticate = createAuthenticate(TOKENS, () => NOW);

function statusFor(event: ReturnType<typeof eventOf>): number {
  try {
    authenticate(event);
    return 200;
  } catch (error) {
    if (error instanceof RequestError) return error.httpStatus;
    throw error;
  }
}

describe('a Bearer token', () => {
  const cases: Readonly<Record<string, number>> = {
    'Bearer new-token': 200,
    'Bearer old-token': 200,
    'bearer new-token': 200,
    'BEARER  new-token ': 200,
    'Bearer new-tokens': 401,
    'Bearer new-toke': 401,
    'Bearer NEW-TOKEN': 401,
    'Bearer ': 401,
    Bearer: 401,
    'Bearernew-token': 401,
    'Basic new-token': 401,
    'new-token': 401,
    'Bearer new-token old-token': 401,
    'Bearer new-token,old-token': 401,
    '': 401,
  };
  for (const [authorization, status] of Object.entries(cases)) {
    it(`gives ${status} for ${JSON.stringify(authorization)}`, () => {
      expect(statusFor(eventOf({ headers: { authorization } }))).to.equal(status);
    });
  }

  it('may hold spaces, as any line of the secret may', () => {
    const pass = createAuthenticate(['correct horse battery']);
    pass(eventOf({ headers: { authorization: 'Bearer correct horse battery' } }));
    expect(() => pass(eventOf({ headers: { authorization: 'Bearer correct horse' } }))).to.throw(
      RequestError,
    );
  });

  it('covers the query as well', () => {
    const headers = { authorization: 'Bearer new-token' };
    expect(statusFor(eventOf({ headers, query: { service: 'web', scale: 'up' } }))).to.equal(200);
  });

  it('is told to be missing, or wrong', () => {
    expect(() => authenticate(eventOf())).to.throw(RequestError, /^No credentials in request: expected/);
    expect(() => authenticate(eventOf({ headers: { authorization: 'Bearer guess' } }))).to.throw(
      RequestError,
      /^Wrong credentials in request: expected(?!.*guess)/,
    );
  });

  it('is not asked for with SCALER_AUTH=none, and nothing passes without one otherwise', () => {
    const noTokens = { tokens: [], slackWebhookUrl: undefined, webhookUrl: undefined };
    createAuthenticateFrom({ SCALER_AUTH: 'none' }, noTokens)(eventOf());
    const locked = createAuthenticateFrom({ SCALER_AUTH: 'token' }, noTokens);
    expect(() => locked(eventOf({ headers: { authorization: 'Bearer ' } }))).to.throw(RequestError);
  });
});

describe('a signature', () => {
  const bodyAt = (timestamp: unknown) =>
    JSON.stringify({ groupLabels: { service: 'web', scale: 'up' }, timestamp });
  /** As `faas-cli invoke --sign X-Scaler-Signature --key KEY` makes it. */
  const sign = (body: string | Buffer, key = 'new-token') =>
    `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
  const signed = (body: string | Buffer, signature = sign(body)) =>
    eventOf({ body, headers: { 'x-scaler-signature': signature } });
  const good = bodyAt('2026-01-31T12:00:00Z');

  it('passes with any of the tokens', () => {
    expect(statusFor(signed(good))).to.equal(200);
    expect(statusFor(signed(good, sign(good, 'old-token')))).to.equal(200);
  });

  it('passes beside a wrong token, as either is enough', () => {
    const headers = { 'x-scaler-signature': sign(good), authorization: 'Basic gateway' };
    expect(statusFor(eventOf({ body: good, headers }))).to.equal(200);
  });

  const wrong: Readonly<Record<string, string>> = {
    'another key': sign(good, 'guess'),
    'another body': sign(`${good} `),
    'no prefix': sign(good).slice('sha256='.length),
    'another hash': `sha1=${createHmac('sha1', 'new-token').update(good).digest('hex')}`,
    'half of it': sign(good).slice(0, 30),
    nothing: '',
  };
  for (const [what, signature] of Object.entries(wrong)) {
    it(`does not pass with ${what}`, () => expect(statusFor(signed(good, signature))).to.equal(401));
  }

  it('does not cover a query: 400', () => {
    const headers = { 'x-scaler-signature': sign(good) };
    expect(statusFor(eventOf({ body: good, headers, query: { dryRun: 'false' } }))).to.equal(400);
  });

  it('of an empty body does not pass, with or without a query', () => {
    const headers = { 'x-scaler-signature': sign('') };
    expect(statusFor(eventOf({ headers }))).to.equal(401);
    expect(statusFor(eventOf({ headers, query: { service: 'web', scale: 'up' } }))).to.equal(401);
  });

  it('with a wrong key is 401 also where the query would be 400', () => {
    const headers = { 'x-scaler-signature': sign(good, 'guess') };
    expect(statusFor(eventOf({ body: good, headers, query: { service: 'web' } }))).to.equal(401);
  });

  const inTime = [
    '2026-01-31T11:55:00Z',
    '2026-01-31T12:05:00Z',
    '2026-01-31T12:00:00.123456789Z',
    '2026-01-31t12:00:00z',
    '2026-01-31T17:30:00+05:30',
    '2026-01-31T00:15:00-11:45',
    '2026-02-01T02:00:00+14:00',
  ];
  for (const timestamp of inTime) {
    it(`passes at ${timestamp}`, () => expect(statusFor(signed(bodyAt(timestamp)))).to.equal(200));
  }

  const outOfTime = [
    '2026-01-31T11:54:59Z',
    '2026-01-31T12:05:01Z',
    '2026-01-31T12:00:00+01:00',
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00Z',
    '2026-01-31',
    '2026-01-31T12:00Z',
    '2026-13-31T12:00:00Z',
    '2026-01-31T12:00:00+99:00',
    'Sat, 31 Jan 2026 12:00:00 GMT',
    'now',
    '',
    undefined,
    null,
    true,
    NOW,
    ['2026-01-31T12:00:00Z'],
    { toString: '2026-01-31T12:00:00Z' },
  ];
  for (const timestamp of outOfTime) {
    it(`does not pass at ${JSON.stringify(timestamp) ?? 'no time'}`, () => {
      expect(statusFor(signed(bodyAt(timestamp)))).to.equal(401);
    });
  }

  it('does not pass over a body without room for a timestamp', () => {
    for (const body of ['null', '[]', '"2026-01-31T12:00:00Z"', 'timestamp=2026-01-31T12:00:00Z', '{']) {
      expect(statusFor(signed(body)), body).to.equal(401);
    }
  });

  it('covers the bytes as they came, not a text made of them', () => {
    const body = Buffer.concat([Buffer.from(good.slice(0, -1)), Buffer.from([0x20, 0xff]), Buffer.from('}')]);
    expect(statusFor(signed(body, sign(body.toString())))).to.equal(401);
  });
});
