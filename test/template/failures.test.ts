import { expect } from 'chai';
import type { FunctionHandler } from '../../template/node24-ts/function/openfaas.ts';
import { serveDuringTests } from '../support/serve-handler.ts';

describe("the template's server", () => {
  const serve = serveDuringTests();

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

    it('405 for a method that is no usual one', async () => {
      const url = await serve(() => 'never');
      const answer = await fetch(url, { method: 'PROPFIND' });
      expect(answer.status).to.equal(405);
      expect(await answer.json()).to.have.property('status', 'NOK');
    });
  });
});
