import { setImmediate as tick } from 'node:timers/promises';
import { expect } from 'chai';
import { createServiceQueue } from '#core/apply/service-queue.ts';

describe('the queue of each service', () => {
  it('runs work for one service one after the other, in order, also after a failure', async () => {
    const inTurn = createServiceQueue();
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await tick();
      events.push(`${name} ends`);
      if (name === 'second') throw new Error('second fails');
      return name;
    };
    const results = await Promise.allSettled(
      ['first', 'second', 'third'].map((name) => inTurn('web', work(name))),
    );
    expect(events).to.deep.equal([
      'first begins',
      'first ends',
      'second begins',
      'second ends',
      'third begins',
      'third ends',
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('runs work for different services side by side', async () => {
    const inTurn = createServiceQueue();
    let release = () => {};
    const waiting = inTurn('web', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await inTurn('api', async () => 'done')).to.equal('done');
    release();
    await waiting;
  });
});
