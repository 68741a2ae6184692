import { expect } from 'chai';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import { apply } from '#core/apply/apply.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { type Deadline, startDeadline } from '#core/deadline.ts';
import { createFakeSwarm, type FakeSwarm, fails, hangs, losesRace } from '../../support/fake-swarm.ts';
import { alertFor, orderFor } from '../../support/request.ts';
import { NOW, scaledAgo } from '../../support/service.ts';

const applyTo = (swarm: FakeSwarm, request: ScaleRequest, deadline: Deadline = startDeadline(6500)) =>
  apply(request, { swarm, config: loadConfig({}), deadline, id: 'request-1', now: () => NOW });

const web = { name: 'web', replicas: 2 };

describe('applying a request', () => {
  it('makes one step and records it on the service, in one update', async () => {
    const swarm = createFakeSwarm({ ...web, labels: { other: 'label' } });
    expect(await applyTo(swarm, alertFor('up'))).to.deep.include({
      outcome: 'scaled',
      service: 'web',
      request: 'Scale service up: web',
      message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
      direction: 'up',
      from: 2,
      to: 3,
      min: 1,
      max: 5,
      dryRun: false,
    });
    expect(swarm.calls).to.deep.equal(['inspect web', 'update web']);
    const { replicas, labels } = swarm.get('web');
    expect({ replicas, other: labels.other }).to.deep.equal({ replicas: 3, other: 'label' });
    const at = '2026-01-31T12:00:00.000Z';
    expect(JSON.parse(labels['com.df.scaleState'] ?? '')).to.deep.equal({
      up: { at, from: 2, to: 3, cause: 'alert cpu' },
      applied: [{ id: 'request-1', at }],
    });
  });

  it('records explicit orders as well, so that alerts wait for them', async () => {
    const swarm = createFakeSwarm(web);
    await applyTo(swarm, orderFor('up'));
    expect(await applyTo(swarm, alertFor('up'))).to.include({ outcome: 'held', reason: 'cooldown' });
    expect(swarm.get('web').replicas).to.equal(3);
  });

  it('changes nothing in a rehearsal, and says so', async () => {
    const swarm = createFakeSwarm(web);
    expect(await applyTo(swarm, { ...orderFor('up'), dryRun: true })).to.include({
      outcome: 'scaled',
      dryRun: true,
      message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5) (dry run: nothing was changed)',
    });
    expect(swarm.calls).to.deep.equal(['inspect web']);
  });

  it('changes nothing when the decision is to hold', async () => {
    const swarm = createFakeSwarm({ ...web, labels: scaledAgo({ up: 0 }) });
    expect(await applyTo(swarm, alertFor('up'))).to.include({ outcome: 'held', reason: 'cooldown' });
    expect(swarm.calls).to.deep.equal(['inspect web']);
  });
});

describe('a lost race', () => {
  it('is decided anew from what the service is now', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesRace('web', { replicas: 4 }));
    expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome: 'scaled', from: 4, to: 5 });
    expect(swarm.calls).to.deep.equal(['inspect web', 'update web', 'inspect web', 'update web']);
  });

  it('can leave nothing to do', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesRace('web', { replicas: 5 }));
    expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome: 'held', reason: 'at-maximum' });
    expect(swarm.get('web').replicas).to.equal(5);
  });

  it('against another scaler with the same alert ends in its cooldown: one overload is one step', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesRace('web', { replicas: 3, labels: scaledAgo({ up: 0 }) }));
    expect(await applyTo(swarm, alertFor('up'))).to.include({ outcome: 'held', reason: 'cooldown' });
    expect(swarm.get('web').replicas).to.equal(3);
  });

  it('against a rolling update that has just begun is deferred', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesRace('web', { update: { state: 'updating', startedAt: NOW } }));
    expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome: 'deferred' });
  });

  it('is run again until it is won, while there is time', async () => {
    const swarm = createFakeSwarm(web);
    for (let count = 0; count < 4; count += 1) swarm.updateFaults.push(losesRace('web', {}));
    expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome: 'scaled', to: 3 });
    expect(swarm.get('web').replicas).to.equal(3);
  });

  it('that is lost until the time is up fails, and may be tried again', async () => {
    const swarm = createFakeSwarm(web);
    for (let count = 0; count < 100; count += 1) swarm.updateFaults.push(losesRace('web', {}));
    expect(await applyTo(swarm, orderFor('up'), startDeadline(700))).to.include({
      outcome: 'failed',
      reason: 'deadline',
      message:
        'web was not scaled: the time for one request ran out before anything was changed; the last trouble: update out of sequence',
    });
    expect(swarm.get('web').replicas).to.equal(2);
  });
});

describe('an engine that does not serve', () => {
  const failures = [
    ['not-found', 'rejected', 'not-found'],
    ['refused', 'rejected', 'refused'],
    ['unreachable', 'failed', 'unreachable'],
    ['not-a-manager', 'failed', 'not-a-manager'],
  ] as const;
  for (const [kind, outcome, reason] of failures) {
    it(`at the inspection (${kind}) is told at once`, async () => {
      const swarm = createFakeSwarm(web);
      swarm.inspectFaults.push(fails(kind));
      expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome, reason, service: 'web' });
      expect(swarm.calls).to.deep.equal(['inspect web']);
    });
  }

  for (const kind of ['refused', 'unreachable', 'not-a-manager', 'not-found'] as const) {
    it(`at the update (${kind}) is told at once, as nothing was changed`, async () => {
      const swarm = createFakeSwarm(web);
      swarm.updateFaults.push(fails(kind));
      expect(await applyTo(swarm, orderFor('up'))).to.include({ reason: kind });
      expect(swarm.calls).to.deep.equal(['inspect web', 'update web']);
    });
  }

  it('is inspected again when it fails once', async () => {
    const swarm = createFakeSwarm(web);
    swarm.inspectFaults.push(fails('unanswered'), fails('unanswered'));
    expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome: 'scaled', to: 3 });
  });

  it('is not inspected more than three times in vain', async () => {
    const swarm = createFakeSwarm(web);
    swarm.inspectFaults.push(
      fails('unanswered'),
      fails('unanswered'),
      fails('unanswered'),
      fails('unanswered'),
    );
    expect(await applyTo(swarm, orderFor('up'))).to.include({ outcome: 'failed', reason: 'unanswered' });
    expect(swarm.calls).to.have.lengthOf(3);
  });

  it('that hangs is left when the time is up', async () => {
    const swarm = createFakeSwarm(web);
    swarm.inspectFaults.push(hangs, hangs, hangs);
    expect(await applyTo(swarm, orderFor('up'), startDeadline(40))).to.include({ outcome: 'failed' });
    expect(swarm.calls).to.not.include('update web');
  });

  it('is given at most 2.5 s for one call, so that there is time to look what became of it', async () => {
    const timeouts: number[] = [];
    const swarm = createFakeSwarm(web);
    swarm.inspectFaults.push((_, { timeoutMs }) => void timeouts.push(timeoutMs));
    swarm.updateFaults.push((make, { timeoutMs }) => {
      timeouts.push(timeoutMs);
      make();
    });
    await applyTo(swarm, orderFor('up'), { remainingMs: () => 2800 });
    expect(timeouts).to.deep.equal([2500, 2300]);
  });

  it('is not called at all once the time is up', async () => {
    const swarm = createFakeSwarm(web);
    expect(await applyTo(swarm, orderFor('up'), { remainingMs: () => 0 })).to.include({
      outcome: 'failed',
      reason: 'deadline',
      message: 'web was not scaled: the time for one request ran out before anything was changed',
    });
    expect(swarm.calls).to.deep.equal([]);
  });

  it('is sent no update when there is no time left to look what became of it', async () => {
    const swarm = createFakeSwarm(web);
    expect(await applyTo(swarm, orderFor('up'), { remainingMs: () => 599 })).to.include({
      reason: 'deadline',
    });
    expect(swarm.calls).to.deep.equal(['inspect web']);
  });
});
