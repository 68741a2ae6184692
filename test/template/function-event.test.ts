import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { serveDuringTests } from '../support/serve-handler.ts';

describe("the template's server", () => {
  const serve = serveDuringTests();

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
      const { hostname, port } = new URL(await serve(({ body }) => body));
      // fetch refuses to send this.
      const asking = request({ hostname, port, method: 'GET', headers: { 'content-length': 5 } });
      asking.end('asked');
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      expect(await text(answer)).to.equal('asked');
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
