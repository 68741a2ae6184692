import { expect } from 'chai';
import { type EmbeddedSwarm, startEmbeddedSwarm } from '../../standalone/embedded-swarm/embedded-swarm.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { specOf, TestServices, toReplicas } from './test-services.ts';

const UPDATE = { method: 'POST', path: /\/update$/ };

describe('Faults of the embedded swarm', () => {
  let swarm: EmbeddedSwarm;
  let client: EngineClient;
  let services: TestServices;

  beforeEach(async () => {
    swarm = await startEmbeddedSwarm();
    client = createEngineClient(swarm.dockerHost.replace('unix://', ''));
    services = new TestServices(client);
    await services.create(specOf('web'));
  });

  afterEach(() => swarm.close());

  const replicas = async () => (await services.inspect('web')).Spec.Mode.Replicated.Replicas;

  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'none',
      (error: NodeJS.ErrnoException) => error.code,
    );

  it('break the connection before the write: nothing was done', async () => {
    swarm.faults.next({ kind: 'reset-before', ...UPDATE });
    expect(await failureOf(services.update('web', toReplicas(3)))).to.equal('ECONNRESET');
    expect(await replicas()).to.equal(2);
  });

  it('break the connection after the write: it was done, and nobody heard', async () => {
    swarm.faults.next({ kind: 'reset-after', ...UPDATE });
    expect(await failureOf(services.update('web', toReplicas(3)))).to.equal('ECONNRESET');
    expect(await replicas()).to.equal(3);
  });

  it('answer with an error, and nothing was done', async () => {
    swarm.faults.next({
      kind: 'error',
      status: 500,
      message: 'rpc error: the Swarm has no leader',
      ...UPDATE,
    });
    const { status, message } = await services.update('web', toReplicas(3));
    expect({ status, message }).to.deep.equal({ status: 500, message: 'rpc error: the Swarm has no leader' });
    expect(await replicas()).to.equal(2);
  });

  it('let somebody else win the race between reading and writing', async () => {
    swarm.faults.next({ kind: 'lost-race', ...UPDATE });
    const { status, message } = await services.update('web', toReplicas(3));
    expect(status).to.equal(500);
    expect(message).to.contain('update out of sequence');
    expect(await replicas()).to.equal(2);
  });

  it('hold an answer back', async () => {
    swarm.faults.next({ kind: 'delay', delayMs: 50, ...UPDATE });
    const order: string[] = [];
    const update = services.update('web', toReplicas(3)).then(() => order.push('update'));
    await services.inspect('web');
    order.push('inspect');
    await update;
    expect(order).to.deep.equal(['inspect', 'update']);
    expect(await replicas()).to.equal(3);
  });

  it('never answer, until the swarm is closed', async () => {
    swarm.faults.next({ kind: 'hang', path: /^\/services\/web$/ });
    const failure = failureOf(client.get('/services/web'));
    expect(await client.get('/services/web')).to.have.property('status', 200);
    await swarm.close();
    expect(await failure).to.equal('ECONNRESET');
    swarm = await startEmbeddedSwarm();
  });

  it('meet as many requests as planned, of that method and path alone, in the order of the plan', async () => {
    const error = (status: number) => ({ kind: 'error', status, message: '' }) as const;
    swarm.faults.next({ ...error(500), method: 'GET', path: /^\/services\/web$/, times: 2 });
    swarm.faults.next({ ...error(503), path: /^\/services/ });
    const statuses: number[] = [];
    for (const path of ['/nodes', '/services/web', '/services/web', '/services/web', '/services/web']) {
      statuses.push((await client.get(path)).status);
    }
    expect(statuses).to.deep.equal([200, 500, 500, 503, 200]);
  });

  it('can be called off', async () => {
    swarm.faults.next({ kind: 'hang', times: Number.POSITIVE_INFINITY });
    swarm.faults.clear();
    expect(await replicas()).to.equal(2);
  });
});

describe('The embedded swarm', () => {
  it('listens on a free port as well', async () => {
    const swarm = await startEmbeddedSwarm({ port: 0 });
    try {
      const answer = await fetch(`${swarm.dockerHost.replace('tcp:', 'http:')}/_ping`);
      expect(await answer.text()).to.equal('OK');
    } finally {
      await swarm.close();
    }
  });
});
