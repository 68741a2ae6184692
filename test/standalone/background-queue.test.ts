import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { type BackgroundQueue, createBackgroundQueue } from '../../standalone/background-queue.ts';

const RUNNING = 8;
const WAITING = 100;

describe('the queue of work that nobody waits for', () => {
  let errors: unknown[];
  let queue: BackgroundQueue;
  let started: number;
  let release: () => void;
  let held: Promise<void>;

  /** Work that goes on until it is released. */
  const work = async () => {
    started += 1;
    await held;
  };
  const add = (count: number) => Array.from({ length: count }, () => queue.add(work));

  beforeEach(() => {
    errors = [];
    queue = createBackgroundQueue((error) => errors.push(error));
    started = 0;
    held = new Promise((resolve) => {
      release = resolve;
    });
  });

  it('runs eight at a time', async () => {
    add(RUNNING + 1);
    await turn();
    expect(started).to.equal(RUNNING);
    release();
    await queue.drained();
    expect(started).to.equal(RUNNING + 1);
  });

  it('lets a hundred wait and takes no more', async () => {
    expect(add(RUNNING + WAITING)).to.not.include(false);
    expect(add(1)).to.deep.equal([false]);
    release();
    await queue.drained();
    expect(started).to.equal(RUNNING + WAITING);
  });

  it('takes more once one of them has begun', async () => {
    let finish = () => {};
    const first = new Promise<void>((resolve) => {
      finish = resolve;
    });
    queue.add(() => first);
    add(RUNNING - 1 + WAITING);
    await turn();
    expect(add(1)).to.deep.equal([false]);
    finish();
    await turn();
    expect(add(1)).to.deep.equal([true]);
    release();
    await queue.drained();
  });

  it('is not drained before all of it is done', async () => {
    add(RUNNING + 1);
    let isDrained = false;
    const drained = queue.drained().then(() => {
      isDrained = true;
    });
    await turn();
    expect(isDrained).to.equal(false);
    release();
    await drained;
    expect(started).to.equal(RUNNING + 1);
  });

  it('tells of work that failed, and goes on', async () => {
    const failure = new Error('no luck');
    queue.add(async () => {
      throw failure;
    });
    release();
    add(RUNNING);
    await queue.drained();
    expect(errors).to.deep.equal([failure]);
    expect(started).to.equal(RUNNING);
  });

  it('is drained at once when it is empty', () => queue.drained());
});
