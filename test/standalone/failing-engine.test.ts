import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type EmbeddedSwarm, startEmbeddedSwarm } from '../../standalone/embedded-swarm/embedded-swarm.ts';
import { createEngineClient } from '../contract/engine-client.ts';
import { specOf, TestServices } from '../contract/test-services.ts';
import { type StandaloneProcess, startStandalone } from '../support/standalone.ts';

type PlannedFault = Parameters<EmbeddedSwarm['faults']['next']>[0];

const READ = { method: 'GET', path: /^\/services\/web$/ };
const UPDATE = { method: 'POST', path: /\/update$/ };
const ALWAYS = { times: Number.POSITIVE_INFINITY };
const ORDER = { service: 'web', scale: 'up', by: '1' };
/** What one request may take, with all that belongs to it. */
const BUDGET_MS = 9000;

const error = (status: number, message: string) => ({ kind: 'error', status, message }) as const;
const NO_LEADER = 'rpc error: code = Unknown desc = The swarm does not have a leader.';
const NO_MANAGER = 'This node is not a swarm manager.';

describe('the standalone server in front of an engine that fails', function () {
  this.timeout(20_000);

  let swarm: EmbeddedSwarm;
  let services: TestServices;
  let slack: Server;
  let isSlackSilent = false;
  let scaler: StandaloneProcess;

  before(async () => {
    swarm = await startEmbeddedSwarm();
    services = new TestServices(createEngineClient(swarm.dockerHost.replace('unix://', '')));
    slack = createServer((_, response) => {
      if (!isSlackSilent) response.end('ok');
    }).listen(0, '127.0.0.1');
    await once(slack, 'listening');
    const { port } = slack.address() as AddressInfo;
    scaler = await startStandalone({
      dockerHost: swarm.dockerHost,
      secrets: { 'slack-webhook-url': `http://127.0.0.1:${port}/` },
    });
  });

  after(async () => {
    await scaler?.stop();
    slack?.closeAllConnections();
    slack?.close();
    await swarm?.close();
  });

  beforeEach(() => services.create(specOf('web', { Labels: { 'com.df.scaleMax': '1000' } })));

  afterEach(async () => {
    isSlackSilent = false;
    swarm.faults.clear();
    await services.removeAll();
  });

  const replicas = async () => (await services.inspect('web')).Spec.Mode.Replicated.Replicas;
  const health = async () => (await fetch(`${scaler.url}/healthz`)).status;

  const overcome: readonly [what: string, faults: readonly PlannedFault[]][] = [
    ['breaks the connection before it makes the update', [{ kind: 'reset-before', ...UPDATE }]],
    ['makes the update and breaks the connection', [{ kind: 'reset-after', ...UPDATE }]],
    [
      'breaks the connection before an update and after the next',
      [
        { kind: 'reset-before', ...UPDATE },
        { kind: 'reset-after', ...UPDATE },
      ],
    ],
    ['never answers an update', [{ kind: 'hang', ...UPDATE }]],
    ['fails with an update', [{ ...error(500, 'rpc error: code = DeadlineExceeded'), ...UPDATE }]],
    ['has no leader for a moment', [{ ...error(503, NO_LEADER), ...UPDATE, times: 2 }]],
    ['lets others win the race three times', [{ kind: 'lost-race', ...UPDATE, times: 3 }]],
    ['breaks the connection when it is read', [{ kind: 'reset-before', ...READ, times: 2 }]],
    [
      'makes the update, breaks the connection, and cannot be read then',
      [
        { kind: 'reset-after', ...UPDATE },
        // The first read is the one before the update.
        { kind: 'delay', delayMs: 0, ...READ },
        { ...error(500, NO_LEADER), ...READ, times: 5 },
      ],
    ],
  ];
  for (const [what, faults] of overcome) {
    it(`makes exactly one step when it ${what}`, async () => {
      for (const fault of faults) swarm.faults.next(fault);
      const { status, body } = await scaler.order(ORDER);
      expect(status, JSON.stringify(body)).to.equal(200);
      expect(body).to.have.nested.property('results[0].outcome', 'scaled');
      expect(await replicas()).to.equal(3);
    });
  }

  it('makes exactly one step when an update is made long after it was given up', async () => {
    // An update is given up after 2.5 s.
    swarm.faults.next({ kind: 'delay', delayMs: 3000, ...UPDATE });
    expect(await scaler.order(ORDER)).to.include({ status: 200 });
    await sleep(1000);
    expect(await replicas()).to.equal(3);
  });

  it('turns the order away for later when it is no Swarm manager, and changes nothing', async () => {
    swarm.faults.next({ ...error(503, NO_MANAGER), ...ALWAYS });
    const { status, body } = await scaler.order(ORDER);
    expect(status).to.equal(503);
    expect(body.message).to.include(NO_MANAGER);
    expect(await health()).to.equal(503);

    swarm.faults.clear();
    expect(await replicas()).to.equal(2);
    expect(await health()).to.equal(200);
  });

  it('turns the order away in time when neither it nor Slack ever answers, and works again afterwards', async () => {
    isSlackSilent = true;
    swarm.faults.next({ kind: 'hang', ...ALWAYS });
    const start = performance.now();
    const { status } = await scaler.order(ORDER);
    expect(performance.now() - start).to.be.below(BUDGET_MS);
    expect(status).to.equal(503);

    isSlackSilent = false;
    swarm.faults.clear();
    expect(await replicas()).to.equal(2);
    expect(await scaler.order(ORDER)).to.include({ status: 200 });
    expect(await replicas()).to.equal(3);
  });
});
