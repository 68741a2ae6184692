import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Fault } from '../support/fake-swarm.ts';
import { waitFor } from '../support/wait-for.ts';
import { AUTHORIZED, type Served, serve } from './served.ts';

const PATH = '/async-function/scale-service?service=web&scale=up';
const RUNNING = 8;
const WAITING = 100;

describe('an asynchronous call of the standalone server', () => {
  let served: Served;
  /** Lets the engine's first answers out. */
  let release: () => void;
  let holds: Fault;

  beforeEach(async () => {
    served = await serve({ services: [{ name: 'web', replicas: 2, labels: { 'com.df.scaleMax': '1000' } }] });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    holds = () => held;
  });

  afterEach(async () => {
    release();
    await served.close();
  });

  it('is answered with 202 before the work is done', async () => {
    served.swarm.inspectFaults.push(holds);
    const { status, body } = await served.call(PATH);
    expect(status).to.equal(202);
    expect(body).to.deep.equal({ status: 'OK', message: 'Accepted' });
    expect(served.swarm.get('web').replicas).to.equal(2);

    release();
    await waitFor('the step', () => served.swarm.get('web').replicas === 3, { intervalMs: 5 });
  });

  it('leaves its outcome in the log', async () => {
    await served.call(PATH, { headers: { ...AUTHORIZED, 'x-call-id': 'call-7' } });
    const line = await waitFor('the line', () => served.lines.find(({ outcome }) => outcome === 'scaled'), {
      intervalMs: 5,
    });
    expect(line).to.include({
      callId: 'call-7',
      msg: 'Scaling web from 2 to 3 replicas (min: 1, max: 1000)',
    });
  });

  it('is worked off with its body', async () => {
    const body = '{"groupLabels":{"service":"web","scale":"up","by":5}}';
    expect(await served.call('/async-function/scale-service', { body })).to.include({ status: 202 });
    await waitFor('the step', () => served.swarm.get('web').replicas === 7, { intervalMs: 5 });
  });

  it('needs credentials first', async () => {
    for (const headers of [{}, { authorization: 'Bearer somebody' }, { 'x-callback-url': 'http://evil/' }]) {
      const { status, body } = await served.call(PATH, { headers });
      expect(status).to.equal(401);
      expect(body).to.include({ status: 'NOK' });
    }
    expect(served.swarm.calls).to.deep.equal([]);
    expect(served.lines.map(({ reason }) => reason)).to.deep.equal(Array(3).fill('unauthorized'));
  });

  it('has to be made with the method of the function', async () => {
    expect(await served.call(PATH, { method: 'GET' })).to.include({ status: 405 });
    expect(await served.call('/async-function/alert-rules')).to.include({ status: 405 });
    expect(served.swarm.calls).to.deep.equal([]);
  });

  it('cannot have a callback', async () => {
    const headers = { ...AUTHORIZED, 'X-Callback-Url': 'http://somewhere/else' };
    const { status, body } = await served.call(PATH, { headers });
    expect(status).to.equal(400);
    expect(body.message).to.match(/X-Callback-Url/);
    expect(served.swarm.calls).to.deep.equal([]);
  });

  it('is turned away when a hundred are waiting; what was accepted is worked off', async () => {
    served.swarm.inspectFaults.push(holds);
    const accepted = await Promise.all(Array.from({ length: RUNNING + WAITING }, () => served.call(PATH)));
    expect(accepted.map(({ status }) => status)).to.not.include(503);

    const { status, headers, body } = await served.call(PATH);
    expect(status).to.equal(503);
    expect(headers.get('retry-after')).to.equal('10');
    expect(body).to.include({ status: 'NOK' });

    release();
    const all = 2 + RUNNING + WAITING;
    await waitFor('all steps', () => served.swarm.get('web').replicas === all, { intervalMs: 5 });
    expect(await served.call(PATH)).to.include({ status: 202 });
    await served.close();
    expect(served.swarm.get('web').replicas).to.equal(all + 1);
  });

  it('is finished before the server has closed', async () => {
    served.swarm.inspectFaults.push(holds);
    await Promise.all(Array.from({ length: RUNNING + 1 }, () => served.call(PATH)));
    let isClosed = false;
    const closed = served.close().then(() => {
      isClosed = true;
    });
    await sleep(50);
    expect(isClosed).to.equal(false);
    release();
    await closed;
    expect(served.swarm.get('web').replicas).to.equal(2 + RUNNING + 1);
  });

  it('goes on with the next when one fails', async () => {
    served.swarm.inspectFaults.push(() => {
      throw new TypeError('not an error of the engine');
    });
    await served.call(PATH);
    await served.call(PATH);
    await waitFor('the step', () => served.swarm.get('web').replicas === 3, { intervalMs: 5 });
    expect(served.lines.map(({ level }) => level)).to.deep.equal(['error', 'info']);
  });
});
