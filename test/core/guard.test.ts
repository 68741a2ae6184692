import { expect } from 'chai';
import { createAuthenticate } from '#core/auth.ts';
import { guard } from '#core/guard.ts';
import { recordAnswer } from '../support/context.ts';
import { eventOf } from '../support/event.ts';
import { recordLog } from '../support/log.ts';

const GOOD = { authorization: 'Bearer token' };

async function call(event: ReturnType<typeof eventOf>) {
  const { context, answer } = recordAnswer();
  const log = recordLog();
  let calls = 0;
  const handler = guard(createAuthenticate(['token']), log.logger, async () => {
    calls += 1;
    return { status: 503, headers: { 'retry-after': '10' }, body: { status: 'NOK', message: 'later' } };
  });
  await handler(event, context);
  return { ...answer(), calls, lines: log.lines };
}

describe('the guard before each function', () => {
  it('passes a POST with credentials on, and the answer back as JSON', async () => {
    const { status, headers, body, calls } = await call(eventOf({ headers: GOOD }));
    expect({ status, body, calls }).to.deep.equal({
      status: 503,
      body: { status: 'NOK', message: 'later' },
      calls: 1,
    });
    expect(headers).to.deep.equal({ 'content-type': 'application/json', 'retry-after': '10' });
  });

  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'post']) {
    it(`turns ${method} away with 405`, async () => {
      const { status, headers, body, calls } = await call(eventOf({ method, headers: GOOD }));
      expect({ status, calls }).to.deep.equal({ status: 405, calls: 0 });
      expect(headers).to.include({ allow: 'POST', 'content-type': 'application/json' });
      expect(body).to.deep.equal({
        status: 'NOK',
        message: `Incorrect method in request: ${method}; expected POST`,
      });
    });
  }

  it('lets nothing but GET through to a function that only reads, which may answer with a text', async () => {
    const headers = { 'content-type': 'application/yaml' };
    const handler = guard(
      () => {},
      recordLog().logger,
      async () => ({ status: 200, headers, text: '{ "read": true }' }),
      'GET',
    );
    const [posted, got] = [recordAnswer(), recordAnswer()];
    await handler(eventOf(), posted.context);
    expect(posted.answer()).to.deep.include({ status: 405 });
    expect(posted.answer().headers).to.include({ allow: 'GET' });
    await handler(eventOf({ method: 'GET' }), got.context);
    expect(got.answer()).to.deep.equal({ status: 200, headers, body: { read: true } });
  });

  it('turns a call without credentials away with 401, and looks at nothing of it', async () => {
    const event = eventOf();
    Object.defineProperty(event, 'rawBody', {
      get: () => {
        throw new Error('The body was looked at');
      },
    });
    Object.defineProperty(event, 'query', {
      get: () => {
        throw new Error('The query was looked at');
      },
    });
    const { status, headers, body, calls } = await call(event);
    expect({ status, calls }).to.deep.equal({ status: 401, calls: 0 });
    expect(headers).to.include({ 'www-authenticate': 'Bearer' });
    expect(body).to.have.all.keys('status', 'message').and.include({ status: 'NOK' });
  });

  it('logs whom it turned away, with the call id and without the token', async () => {
    const headers = { authorization: 'Bearer guess', 'x-call-id': 'call-1' };
    const { lines } = await call(eventOf({ headers }));
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.include({ level: 'warn', callId: 'call-1', reason: 'unauthorized' });
    expect(JSON.stringify(lines)).to.not.include('guess');
  });
});
