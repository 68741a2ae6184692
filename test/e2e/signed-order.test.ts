import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { type EmbeddedSwarm, startEmbeddedSwarm } from '../../standalone/embedded-swarm/embedded-swarm.ts';
import { createEngineClient } from '../contract/engine-client.ts';
import { specOf, TestServices } from '../contract/test-services.ts';
import { type StandaloneProcess, startStandalone, TOKEN } from '../support/standalone.ts';
import { waitFor } from '../support/wait-for.ts';

const PATH = '/function/scale-service';
const NEXT_TOKEN = 'the-token-of-tomorrow';

interface SignedOrder {
  readonly path?: string;
  readonly key?: string;
  readonly body?: string;
  /** What is sent when it is not what was signed. */
  readonly sent?: string;
}

const bodyAt = (timestamp: Date, by: number | string = 1) =>
  // With the line break of `echo`.
  `${JSON.stringify({ groupLabels: { service: 'web', scale: 'up', by }, timestamp })}\n`;

describe('An order that is signed as faas-cli does it, and carries no token', function () {
  this.timeout(20_000);

  let swarm: EmbeddedSwarm;
  let services: TestServices;
  let scaler: StandaloneProcess;

  before(async () => {
    swarm = await startEmbeddedSwarm();
    services = new TestServices(createEngineClient(swarm.dockerHost.replace('unix://', '')));
    scaler = await startStandalone({
      dockerHost: swarm.dockerHost,
      secrets: { 'scaler-token': `${TOKEN}\n${NEXT_TOKEN}` },
    });
  });

  after(async () => {
    await scaler?.stop();
    await swarm?.close();
  });

  beforeEach(() => services.create(specOf('web')));

  afterEach(() => services.removeAll());

  const replicas = async () => (await services.inspect('web')).Spec.Mode.Replicated.Replicas;

  /** What `faas-cli invoke scale-service --sign X-Scaler-Signature --key KEY` sends. */
  async function invoke({ path = PATH, key = TOKEN, body = bodyAt(new Date()), sent = body }: SignedOrder) {
    const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
    const response = await fetch(`${scaler.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', 'X-Scaler-Signature': signature },
      body: sent,
    });
    return { status: response.status, body: (await response.json()) as { message: string } };
  }

  it('makes its step', async () => {
    const { status, body } = await invoke({});
    expect(status, body.message).to.equal(200);
    expect(body.message).to.equal('Scaling web from 2 to 3 replicas (min: 1, max: 5)');
    expect(await replicas()).to.equal(3);
  });

  it('may be signed with any line of the secret', async () => {
    expect(await invoke({ key: NEXT_TOKEN })).to.include({ status: 200 });
    expect(await replicas()).to.equal(3);
  });

  it('makes its step in the background as well', async () => {
    expect(await invoke({ path: '/async-function/scale-service' })).to.include({ status: 202 });
    await waitFor('the step', async () => (await replicas()) === 3, { intervalMs: 10 });
  });

  const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000);
  const refused: readonly [what: string, status: number, order: () => SignedOrder][] = [
    ['it was changed on the way', 401, () => ({ sent: bodyAt(new Date(), 3) })],
    ['it was signed with another key', 401, () => ({ key: `${TOKEN}x` })],
    ['it is six minutes old', 401, () => ({ body: bodyAt(minutesAgo(6)) })],
    ['it is from the future', 401, () => ({ body: bodyAt(minutesAgo(-6)) })],
    ['it has no time', 401, () => ({ body: '{"groupLabels":{"service":"web","scale":"up"}}' })],
    ['it has no body', 401, () => ({ path: `${PATH}?service=web&scale=up`, body: '' })],
    ['part of it is in the query, which is not signed', 400, () => ({ path: `${PATH}?by=3` })],
    ['that part goes to the background', 400, () => ({ path: '/async-function/scale-service?by=3' })],
  ];
  for (const [what, status, order] of refused) {
    it(`is answered with ${status} and changes nothing when ${what}`, async () => {
      expect(await invoke(order())).to.include({ status });
      expect(await replicas()).to.equal(2);
    });
  }
});
