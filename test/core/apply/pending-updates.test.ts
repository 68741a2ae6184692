import { expect } from 'chai';
import { apply } from '#core/apply/apply.ts';
import { loadConfig } from '#core/config/load-config.ts';
import type { startDeadline } from '#core/deadline.ts';
import { SwarmError } from '#core/swarm/swarm.ts';
import { createFakeSwarm, type Fault } from '../../support/fake-swarm.ts';
import { alertFor, orderFor } from '../../support/request.ts';
import { NOW } from '../../support/service.ts';

/** No answer in the time that was given; whether the update will be made is not known. */
const givenUp: Fault = () => {
  throw new SwarmError('unanswered', 'no answer in time');
};

/** Every update is given up, and the time for the request runs out after the first has been looked for. */
function applyUntilOutOfTime(request: Parameters<typeof apply>[0], betweenUpdates?: Fault) {
  const swarm = createFakeSwarm({ name: 'web', replicas: 2 });
  swarm.updateFaults.push(givenUp);
  if (betweenUpdates) swarm.inspectFaults.push(() => {}, betweenUpdates);
  let remainingMs = 6500;
  const deadline: ReturnType<typeof startDeadline> = {
    remainingMs() {
      const now = remainingMs;
      remainingMs = swarm.calls.length >= 2 ? 550 : remainingMs;
      return now;
    },
  };
  const config = loadConfig({});
  return apply(request, { swarm, config, deadline, id: 'request-1', now: () => NOW });
}

describe('an update that was given up and may still be made when the time is over', () => {
  it('leaves an order unknown, because a person would repeat it', async () => {
    expect(await applyUntilOutOfTime(orderFor('up'))).to.include({
      outcome: 'unknown',
      reason: 'lost-answer',
    });
  });

  it('lets an alert come back, which its cooldown holds if the step was made', async () => {
    expect(await applyUntilOutOfTime(alertFor('up'))).to.include({ outcome: 'failed', reason: 'deadline' });
  });

  it('can not be made any more once somebody else has changed the service', async () => {
    const othersChange: Fault = (_make, _options, swarm) => swarm.change('web', {});
    const outcome = await applyUntilOutOfTime(orderFor('up'), othersChange);
    expect(outcome).to.include({ outcome: 'failed', reason: 'deadline' });
  });
});
