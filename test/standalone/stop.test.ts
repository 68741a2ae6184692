import { expect } from 'chai';
import { type StandaloneProcess, startStandalone, TOKEN } from '../support/standalone.ts';
import { waitFor } from '../support/wait-for.ts';
import { createHeldEngine, type HeldEngine } from './held-engine.ts';

const ORDER = { service: 'web', scale: 'up' };
/** More than are worked on at the same time. */
const ACCEPTED = 20;

describe('the standalone server on SIGTERM', function () {
  this.timeout(20_000);

  let engine: HeldEngine;
  let scaler: StandaloneProcess;

  beforeEach(async () => {
    engine = await createHeldEngine();
    await engine.listen();
    scaler = await startStandalone({ dockerHost: engine.dockerHost });
  });

  afterEach(async () => {
    await scaler.stop();
    await engine.close();
  });

  const refusal = () =>
    waitFor(
      'the refusal of a new request',
      () =>
        fetch(`${scaler.url}/v1/ping`).then(
          () => false,
          () => true,
        ),
      { intervalMs: 10 },
    );
  const firstCall = () => waitFor('a call of the engine', () => engine.calls.length > 0, { intervalMs: 10 });

  it('lets the request in flight finish, and exits with 0', async () => {
    const order = scaler.order(ORDER);
    await firstCall();
    const exit = scaler.stop();
    await refusal();
    engine.release();

    const { status, body } = await order;
    expect(status).to.equal(200);
    expect(body).to.include({ message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)' });
    expect(await exit).to.equal(0);
  });

  it('does all the work that it has accepted, and exits with 0', async () => {
    const url = `${scaler.url}/async-function/scale-service?${new URLSearchParams(ORDER)}`;
    const accept = () => fetch(url, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } });
    const answers = await Promise.all(Array.from({ length: ACCEPTED }, accept));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(ACCEPTED).fill(202));
    await firstCall();
    const exit = scaler.stop();
    await refusal();
    engine.release();

    expect(await exit).to.equal(0);
    expect(engine.calls.filter((method) => method === 'POST')).to.have.length(ACCEPTED);
    expect(scaler.log().filter(({ outcome }) => outcome === 'scaled')).to.have.length(ACCEPTED);
  });
});
