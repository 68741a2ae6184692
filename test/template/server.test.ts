import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import type { FunctionHandler } from '../../template/node24-ts/function/openfaas.ts';
import { createServer } from '../../template/node24-ts/server.ts';

describe("the template's server", () => {
  let server: FastifyInstance | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function serve(handler: FunctionHandler): Promise<string> {
    server = createServer(handler, { logLevel: 'silent' });
    return await server.listen({ port: 0, host: '127.0.0.1' });
  }

  describe('hands the handler an event', () => {
    it('with method, path and query as they came', async () => {
      const url = await serve(({ method, path, query }) => ({ method, path, query }));
      const answer = await fetch(`${url}/a%2Fb%20c?scale=up&by=1&by=2&q=%C3%A4`, { method: 'PUT' });
      expect(await answer.json()).to.deep.equal({
        method: 'PUT',
        path: '/a%2Fb%20c',
        query: { scale: 'up', by: ['1', '2'], q: 'ä' },
      });
    });

    it('with the headers in lower case', async () => {
      const url = await serve(({ headers }) => headers['x-call-id']);
      const answer = await fetch(url, { headers: { 'X-Call-Id': 'c-1' } });
      expect(await answer.text()).to.equal('c-1');
    });

    const bodies: readonly [type: string | undefined, sent: string, kind: string, seen: unknown][] = [
      ['application/json', '{"by":2}', 'an object', { by: 2 }],
      ['application/json; charset=utf-8', '[1]', 'an array', [1]],
      ['application/JSON', '"x"', 'a string', 'x'],
      ['application/cloudevents+json', '{"a":1}', 'an object', { a: 1 }],
      ['application/json', '\uFEFF{"bom":1}', 'an object', { bom: 1 }],
      ['text/plain', '{"by":2}', 'text', '{"by":2}'],
      [undefined, 'plain', 'text', 'plain'],
      ['application/x-www-form-urlencoded', 'a=1&b=2&b=3&c=%20', 'a form', { a: '1', b: ['2', '3'], c: ' ' }],
    ];
    for (const [type, sent, kind, seen] of bodies) {
      it(`whose body of type ${type ?? 'nothing'} is ${kind}`, async () => {
        const url = await serve(({ body }) => ({ body }));
        const answer = await fetch(url, {
          method: 'POST',
          headers: type === undefined ? {} : { 'content-type': type },
          // Bytes, because fetch adds a type to a string.
          body: Buffer.from(sent),
        });
        expect(await answer.json()).to.deep.equal({ body: seen });
      });
    }

    it('whose body of any other type is a Buffer', async () => {
      const url = await serve(({ body }) => (body instanceof Buffer ? body : 'no Buffer'));
      const bytes = Buffer.from([0, 255, 13, 10]);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
      });
      expect(Buffer.from(await answer.arrayBuffer())).to.deep.equal(bytes);
    });

    it('whose raw body has the bytes as they came, whatever the type', async () => {
      const url = await serve(({ rawBody }) => rawBody);
      const sent = ' {"b":1,\r\n"a":  9007199254740993} ';
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: sent,
      });
      expect(await answer.text()).to.equal(sent);
    });

    it('whose body came in chunks', async () => {
      const url = await serve(({ body }) => body);
      const chunks = new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from('{"a":'));
          controller.enqueue(Buffer.from('1}'));
          controller.close();
        },
      });
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: chunks,
        duplex: 'half',
      } as RequestInit);
      expect(await answer.json()).to.deep.equal({ a: 1 });
    });

    it('without a body as an empty one', async () => {
      const url = await serve(({ body, rawBody }) => ({ body, bytes: rawBody.length }));
      const answer = await fetch(url);
      expect(await answer.json()).to.deep.equal({ body: '', bytes: 0 });
    });

    it('also for a GET that carries a body', async () => {
      const url = await serve(({ body }) => body);
      expect((await server?.inject({ method: 'GET', url: '/', payload: 'asked' }))?.body).to.equal('asked');
      expect(url).to.match(/^http/);
    });
  });

  describe('answers', () => {
    it('with the status, headers and body that the context was given', async () => {
      const url = await serve((_event, context) =>
        context
          .status(201)
          .headers({ 'x-step': '1', 'set-cookie': ['a=1', 'b=2'] })
          .succeed({ ok: true }),
      );
      const answer = await fetch(url);
      expect(answer.status).to.equal(201);
      expect(answer.headers.get('x-step')).to.equal('1');
      expect(answer.headers.getSetCookie()).to.deep.equal(['a=1', 'b=2']);
      expect(answer.headers.get('content-type')).to.equal('application/json; charset=utf-8');
      expect(await answer.json()).to.deep.equal({ ok: true });
    });

    it('keeps the content type that the handler set', async () => {
      const url = await serve((_event, context) =>
        context.headers({ 'content-type': 'application/problem+json' }).succeed({ title: 'x' }),
      );
      const answer = await fetch(url);
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(await answer.json()).to.deep.equal({ title: 'x' });
    });

    it('with the value that the handler returned', async () => {
      const url = await serve(async () => 'returned');
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).to.deep.equal([200, 'returned']);
    });

    it('with the status that was set and the value that was returned', async () => {
      const url = await serve((_event, context) => {
        context.status(202);
        return { queued: true };
      });
      const answer = await fetch(url);
      expect([answer.status, await answer.json()]).to.deep.equal([202, { queued: true }]);
    });

    it('with an empty body when the handler gave nothing', async () => {
      const url = await serve((_event, context) => context.status(204));
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).to.deep.equal([204, '']);
    });

    it('as soon as the handler has answered, though it goes on working', async () => {
      let release = (): void => {};
      const work = new Promise<void>((resolve) => {
        release = resolve;
      });
      const url = await serve(async (_event, context) => {
        context.succeed('early');
        await work;
      });
      expect(await (await fetch(url)).text()).to.equal('early');
      release();
    });

    it('only once', async () => {
      const url = await serve((_event, context) => {
        context.succeed('first').succeed('second').fail('third');
        return 'fourth';
      });
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).to.deep.equal([200, 'first']);
    });

    it('lives on when the handler throws after it has answered', async () => {
      const url = await serve((_event, context) => {
        context.succeed('told');
        throw new Error('late');
      });
      expect(await (await fetch(url)).text()).to.equal('told');
      expect(await (await fetch(url)).text()).to.equal('told');
    });
  });

  describe('answers a failure as JSON, without a stack:', () => {
    async function answerOf(
      handler: FunctionHandler,
      init?: RequestInit,
    ): Promise<readonly [number, unknown]> {
      const answer = await fetch(await serve(handler), init);
      expect(answer.headers.get('content-type')).to.match(/^application\/json/);
      return [answer.status, await answer.json()];
    }
    const nok = (message: string) => ({ status: 'NOK', message });

    it('500 when the handler throws', async () => {
      const answer = await answerOf(() => {
        throw new Error('no engine');
      });
      expect(answer).to.deep.equal([500, nok('no engine')]);
    });

    it('500 when the handler rejects, whatever status it had set for success', async () => {
      const answer = await answerOf(async (_event, context) => {
        context.status(201).headers({ 'content-type': 'text/html' });
        throw new Error('no engine');
      });
      expect(answer).to.deep.equal([500, nok('no engine')]);
    });

    it('500 when the handler throws what is no error', async () => {
      const answer = await answerOf(() => {
        throw { code: 7 };
      });
      expect(answer).to.deep.equal([500, nok('{"code":7}')]);
    });

    it('500 when the handler fails', async () => {
      expect(await answerOf((_event, context) => context.fail('no'))).to.deep.equal([500, nok('no')]);
    });

    it('the status that was set when the handler fails with one', async () => {
      const answer = await answerOf((_event, context) => context.status(422).fail(new Error('no labels')));
      expect(answer).to.deep.equal([422, nok('no labels')]);
    });

    it('400 when the handler wants JSON and the body is malformed', async () => {
      const [status, body] = await answerOf(({ body }) => body, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"by":',
      });
      expect(status).to.equal(400);
      expect(body).to.have.property('status', 'NOK');
      expect(body)
        .to.have.property('message')
        .that.matches(/^Malformed JSON in the body: /);
    });

    it('what the handler makes of malformed JSON when it catches that', async () => {
      const answer = await answerOf(
        (event) => {
          try {
            return event.body;
          } catch {
            return { raw: event.rawBody.toString() };
          }
        },
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' },
      );
      expect(answer).to.deep.equal([200, { raw: '{' }]);
    });

    it('nothing, when the handler does not look at malformed JSON', async () => {
      const answer = await answerOf(() => ({ fine: true }), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{',
      });
      expect(answer).to.deep.equal([200, { fine: true }]);
    });

    it('500 when the answer cannot be written as JSON', async () => {
      const [status] = await answerOf(() => ({ count: 2n ** 64n }));
      expect(status).to.equal(500);
    });

    it('500 when a header or the status of the answer is invalid', async () => {
      const [status] = await answerOf((_event, context) => context.headers({ 'x-a': 'a\nb' }).succeed({}));
      expect(status).to.equal(500);
      await server?.close();
      expect((await answerOf((_event, context) => context.status(9999).succeed({})))[0]).to.equal(500);
    });

    it('400 for a path that cannot be decoded', async () => {
      const url = await serve(() => 'never');
      const answer = await fetch(`${url}/%zz`);
      expect(answer.status).to.equal(400);
      expect(await answer.json()).to.have.property('status', 'NOK');
    });

    it('415 for a content type that is none', async () => {
      const answer = await answerOf(() => 'never', {
        method: 'POST',
        headers: { 'content-type': 'json' },
        body: '{}',
      });
      expect(answer[0]).to.equal(415);
    });

    it('404 for a method that is no usual one', async () => {
      const url = await serve(() => 'never');
      const answer = await fetch(url, { method: 'PROPFIND' });
      expect(answer.status).to.equal(404);
      expect(await answer.json()).to.have.property('status', 'NOK');
    });
  });

  describe('reads bodies of up to 1 MiB', () => {
    const MIB = 1024 * 1024;
    const post = (url: string, body: Buffer | ReadableStream): Promise<Response> =>
      fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);

    it('and takes exactly that', async () => {
      const url = await serve(({ rawBody }) => String(rawBody.length));
      expect(await (await post(url, Buffer.alloc(MIB))).text()).to.equal(String(MIB));
    });

    it('and answers one byte more with 413', async () => {
      const answer = await post(await serve(() => 'never'), Buffer.alloc(MIB + 1));
      expect(answer.status).to.equal(413);
      expect(await answer.json()).to.have.property('status', 'NOK');
    });

    it('and answers a far larger one with 413 before all of it was sent, in chunks too', async () => {
      const url = await serve(() => 'never');
      const chunk = Buffer.alloc(MIB);
      let left = 32;
      const chunks = new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(chunk);
          else controller.close();
        },
      });
      const answer = await post(url, chunks);
      expect(answer.status).to.equal(413);
      expect(await answer.json()).to.have.property('status', 'NOK');
    });
  });
});
