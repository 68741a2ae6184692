import { expect } from 'chai';
import { serveDuringTests } from '../support/serve-handler.ts';

describe("the template's server", () => {
  const serve = serveDuringTests();

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
});
