import { expect } from 'chai';
import fc from 'fast-check';
import { apply } from '#core/apply/apply.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { type Deadline, startDeadline } from '#core/deadline.ts';
import { SwarmError } from '#core/swarm/swarm.ts';
import {
  createFakeSwarm,
  type FakeSwarm,
  type Fault,
  fails,
  hangs,
  losesAnswer,
  losesRace,
} from '../../support/fake-swarm.ts';
import { orderFor } from '../../support/request.ts';
import { NOW } from '../../support/service.ts';

const CONFIG = loadConfig({ DEFAULT_MAX_REPLICAS: '99' });

function applyTo(swarm: FakeSwarm, deadline: Deadline = startDeadline(6500), now = () => NOW) {
  return apply(orderFor('up'), { swarm, config: CONFIG, deadline, id: 'request-1', now });
}

const web = { name: 'web', replicas: 2 };

/** The update is made and others write after it, before its answer is lost. */
const losesAnswerAndThen =
  (others: (swarm: FakeSwarm) => void): Fault =>
  (make, _, swarm) => {
    make();
    others(swarm);
    throw new SwarmError('unanswered', 'socket hang up');
  };

/** The update is made only after its caller has given up, looked, and sends the next one. */
const comesLate: Fault = (make, _, swarm) => {
  swarm.updateFaults.unshift((next) => {
    try {
      make();
    } catch {
      // Somebody else was first: the late one is refused, and nobody hears of it.
    }
    next();
  });
  throw new SwarmError('unanswered', 'no answer in time');
};

const recordOf = (count: number) => ({
  'com.df.scaleState': JSON.stringify({
    applied: Array.from({ length: count }, (_, n) => ({ id: `other-${n}`, at: new Date(NOW).toISOString() })),
  }),
});

/** An update is only ever sent right after an inspection. */
function expectNoBlindUpdate({ calls }: FakeSwarm): void {
  expect(calls.join(', ')).to.not.match(/update web, update web/);
}

describe('a lost answer', () => {
  it('of a step that was made is not followed by another', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesAnswer);
    expect(await applyTo(swarm)).to.include({ outcome: 'scaled', from: 2, to: 3 });
    expect(swarm.get('web').replicas).to.equal(3);
    expect(swarm.calls).to.deep.equal(['inspect web', 'update web', 'inspect web']);
  });

  it('of a step that was not made is followed by one that is', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(fails('unanswered'));
    expect(await applyTo(swarm)).to.include({ outcome: 'scaled', from: 2, to: 3 });
    expect(swarm.get('web').replicas).to.equal(3);
    expect(swarm.calls).to.deep.equal(['inspect web', 'update web', 'inspect web', 'update web']);
  });

  it('of an engine that hangs is looked for while there is time', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push((make, options, self) => {
      make();
      return hangs(make, options, self);
    });
    expect(await applyTo(swarm, startDeadline(650))).to.include({ outcome: 'scaled', to: 3 });
    expect(swarm.get('web').replicas).to.equal(3);
  });

  it('of a step that was made and overwritten since is found in the spec before', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesAnswerAndThen((self) => self.change('web', { labels: {}, replicas: 1 })));
    expect(await applyTo(swarm)).to.include({ outcome: 'scaled', from: 2, to: 3 });
    expect(swarm.get('web').replicas).to.equal(1);
  });

  it('of a step that others built upon is found beside theirs', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesAnswerAndThen((self) => self.change('web', { replicas: 9 })));
    expect(await applyTo(swarm)).to.include({ outcome: 'scaled', from: 2, to: 3 });
    expect(swarm.get('web').replicas).to.equal(9);
  });

  it('that cannot be found any more is told, and not made up for', async () => {
    const swarm = createFakeSwarm(web);
    const pushOut = (self: FakeSwarm) => {
      self.change('web', { labels: recordOf(16) });
      self.change('web', {});
    };
    swarm.updateFaults.push(losesAnswerAndThen(pushOut));
    const outcome = await applyTo(swarm);
    expect(outcome).to.include({ outcome: 'unknown', reason: 'lost-answer', from: 2, to: 3 });
    expect(outcome.message).to.match(/^web may or may not have been scaled from 2 to 3 replicas/);
    expect(swarm.calls.filter((call) => call === 'update web')).to.have.lengthOf(1);
  });

  for (const kind of ['unreachable', 'not-a-manager', 'unanswered'] as const) {
    it(`is unknown when the engine is ${kind} until the time is up`, async () => {
      const swarm = createFakeSwarm(web);
      let deadline = startDeadline(6500);
      swarm.updateFaults.push((make, options, self) => {
        deadline = startDeadline(30);
        self.inspectFaults.push(...Array.from({ length: 100 }, () => fails(kind)));
        return losesAnswer(make, options, self);
      });
      const outcome = await applyTo(swarm, { remainingMs: () => deadline.remainingMs() });
      expect(outcome).to.include({ outcome: 'unknown', reason: 'lost-answer' });
      expectNoBlindUpdate(swarm);
    });
  }

  it('is found although the engine cannot be reached for a while', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push((make, options, self) => {
      self.inspectFaults.push(fails('unreachable'), fails('unanswered'), fails('not-a-manager'));
      return losesAnswer(make, options, self);
    });
    expect(await applyTo(swarm)).to.include({ outcome: 'scaled', to: 3 });
    expect(swarm.get('web').replicas).to.equal(3);
  });

  it('is unknown when the service is gone', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(losesAnswerAndThen((self) => self.remove('web')));
    expect(await applyTo(swarm)).to.include({ outcome: 'unknown' });
  });

  it('of a step that is made late is found when the next one loses its race', async () => {
    const swarm = createFakeSwarm(web);
    swarm.updateFaults.push(comesLate);
    expect(await applyTo(swarm)).to.include({ outcome: 'scaled', from: 2, to: 3 });
    expect(swarm.get('web').replicas).to.equal(3);
  });

  it('of the second attempt is told with what that one did', async () => {
    const swarm = createFakeSwarm(web);
    let now = NOW;
    swarm.updateFaults.push(fails('unanswered'), losesAnswer);
    swarm.inspectFaults.push(
      () => {},
      () => {
        now += 5;
        swarm.change('web', { replicas: 6 });
      },
    );
    const outcome = await applyTo(swarm, undefined, () => now);
    expect(outcome).to.include({ outcome: 'scaled', from: 6, to: 7 });
  });
});

describe('whatever goes wrong on the way', () => {
  const updateFault = fc.constantFrom<readonly [string, Fault]>(
    ['lost race', losesRace('web', {})],
    ['lost race to a step', losesRace('web', { labels: recordOf(1) })],
    ['lost answer, made', losesAnswer],
    ['lost answer, not made', fails('unanswered')],
    ['lost answer, made late', comesLate],
    ['lost answer, built upon', losesAnswerAndThen((self) => self.change('web', {}))],
    ['lost answer, record wiped', losesAnswerAndThen((self) => self.change('web', { labels: {} }))],
    ['unreachable', fails('unreachable')],
  );
  const inspectFault = fc.constantFrom<readonly [string, Fault]>(
    ['fine', () => {}],
    ['unanswered', fails('unanswered')],
    ['not a manager', fails('not-a-manager')],
  );

  it('an order makes exactly the step that it tells of, and never a blind one', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(updateFault, { maxLength: 2 }),
        fc.array(inspectFault, { maxLength: 3 }),
        async (updateFaults, inspectFaults) => {
          const swarm = createFakeSwarm(web);
          swarm.updateFaults.push(...updateFaults.map(([, fault]) => fault));
          swarm.inspectFaults.push(...inspectFaults.map(([, fault]) => fault));
          const { outcome } = await applyTo(swarm);
          const steps = swarm.get('web').replicas - 2;
          expect(outcome).to.be.oneOf(['scaled', 'failed', 'unknown']);
          expect(steps).to.be.within(0, 1);
          if (outcome !== 'unknown') expect(steps).to.equal(outcome === 'scaled' ? 1 : 0);
          expectNoBlindUpdate(swarm);
        },
      ),
      { numRuns: 25 },
    ));
});
