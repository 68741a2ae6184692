import { expect } from 'chai';
import { type Environment, loadConfig } from '#core/config/load-config.ts';
import { createSelectNotifications } from '#core/notifications/select.ts';
import type { Outcome } from '#core/outcome.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { minutes, NOW } from '../../support/service.ts';

function selector(env: Environment = {}) {
  const clock = { now: NOW };
  const select = createSelectNotifications(loadConfig(env), () => clock.now);
  /** The status under which an outcome is told, or nothing. */
  const statusOf = (parts: Partial<Outcome>) => select([outcomeOf(parts)]).outcomes[0]?.status;
  return { clock, select, statusOf };
}

type Case = readonly [Outcome['outcome'], Outcome['reason'], string | undefined, Environment?];

describe('people hear', () => {
  const cases: readonly Case[] = [
    ['scaled', 'step', 'success'],
    ['scaled', 'target', 'success'],
    ['held', 'at-maximum', 'success'],
    ['held', 'at-maximum', undefined, { ALERT_SCALE_MAX: 'false' }],
    ['held', 'at-minimum', undefined],
    ['held', 'at-minimum', 'success', { ALERT_SCALE_MIN: 'true' }],
    ['deferred', 'update-in-progress', 'pending'],
    ['held', 'update-paused', 'error'],
    ['held', 'update-stuck', 'error'],
    ['rejected', 'bad-request', 'error'],
    ['rejected', 'contradiction', 'error'],
    ['rejected', 'not-found', 'error'],
    ['rejected', 'bad-label', 'error'],
    ['rejected', 'mode', 'error'],
    ['rejected', 'filtered', 'error'],
    ['rejected', 'refused', 'error'],
    ['unknown', 'lost-answer', 'error'],
    ['failed', 'unreachable', 'error'],
    ['failed', 'unanswered', 'error'],
    ['failed', 'not-a-manager', 'error'],
    ['failed', 'deadline', 'error'],
    ['held', 'cooldown', undefined],
    ['held', 'stopped', undefined],
    ['held', 'unchanged', undefined],
    ['held', 'resolved', undefined],
    ['held', 'own-alert', undefined],
  ];
  for (const [outcome, reason, status, env] of cases) {
    it(`${status ? `with status ${status}` : 'nothing'} of ${outcome}, ${reason} ${env ? JSON.stringify(env) : ''}`, () => {
      expect(selector(env).statusOf({ outcome, reason })).to.equal(status);
    });

    it(`nothing of a rehearsal of ${outcome}, ${reason} ${env ? JSON.stringify(env) : ''}`, () => {
      expect(selector(env).statusOf({ outcome, reason, dryRun: true })).to.equal(undefined);
    });
  }

  it('of each step, however alike', () => {
    const { statusOf } = selector();
    expect([statusOf({}), statusOf({})]).to.deep.equal(['success', 'success']);
  });

  it('of each outcome in a request', () => {
    const { outcomes: told } = selector().select([
      outcomeOf(),
      outcomeOf({ reason: 'cooldown', outcome: 'held' }),
      outcomeOf(),
    ]);
    expect(told).to.have.lengthOf(2);
  });
});

describe('the same error', () => {
  const error = { outcome: 'rejected', reason: 'bad-label', message: 'web: label …' } as const;

  it('is told once in ten minutes', () => {
    const { clock, statusOf } = selector();
    expect([statusOf(error), statusOf(error)]).to.deep.equal(['error', undefined]);
    clock.now += minutes(10) - 1;
    expect(statusOf(error)).to.equal(undefined);
    clock.now += 1;
    expect([statusOf(error), statusOf(error)]).to.deep.equal(['error', undefined]);
  });

  it('is another one for another service, reason or label', () => {
    const { statusOf } = selector();
    const others = [error, { ...error, service: 'api' }, { ...error, message: 'web: another label' }];
    expect(others.map(statusOf)).to.deep.equal(['error', 'error', 'error']);
  });

  it('of an engine is the same although the time that it was given was not', () => {
    const { statusOf } = selector();
    const hang = { outcome: 'failed', reason: 'unanswered' } as const;
    expect(statusOf({ ...hang, message: 'The engine did not answer within 1s437ms' })).to.equal('error');
    expect(statusOf({ ...hang, message: 'The engine did not answer within 1s402ms' })).to.equal(undefined);
    expect(statusOf({ ...hang, service: 'api' })).to.equal('error');
  });

  it('is told again once many others were remembered, rather than that memory grows without end', () => {
    const { statusOf } = selector();
    statusOf(error);
    for (let count = 0; count < 1000; count += 1) statusOf({ ...error, service: `web-${count}` });
    expect(statusOf(error)).to.equal('error');
  });
});

describe('what could not be told', () => {
  it('is told the next time', () => {
    const { select } = selector();
    const error = outcomeOf({ outcome: 'rejected', reason: 'bad-label' });
    select([error]).undo();
    expect(select([error]).outcomes).to.have.length(1);
    expect(select([error]).outcomes).to.have.length(0);
  });
});

describe('a deferral', () => {
  const deferral = (updateStartedAt: number, service = 'web') =>
    ({ outcome: 'deferred', reason: 'update-in-progress', service, updateStartedAt }) as const;

  it('is told once for one update, also when the orchestrator dates its start a little later', () => {
    const { clock, statusOf } = selector();
    expect([deferral(NOW), deferral(NOW), deferral(NOW + 1500)].map(statusOf)).to.deep.equal([
      'pending',
      undefined,
      undefined,
    ]);
    clock.now += minutes(9);
    expect(statusOf(deferral(NOW))).to.equal(undefined);
  });

  it('is told for the next update, and for another service', () => {
    const { statusOf } = selector();
    const deferrals = [deferral(NOW), deferral(NOW + minutes(1)), deferral(NOW, 'api')];
    expect(deferrals.map(statusOf)).to.deep.equal(['pending', 'pending', 'pending']);
  });
});

describe('what is told', () => {
  it('is named bad_request where there is no service, and has no empty fields', () => {
    const { select } = selector();
    const {
      outcomes: [told],
    } = select([
      {
        outcome: 'rejected',
        reason: 'bad-request',
        message: 'No service name in request',
        request: 'Incorrect request',
        warnings: [],
        dryRun: false,
      },
    ]);
    expect(told).to.deep.equal({
      status: 'error',
      service: 'bad_request',
      request: 'Incorrect request',
      summary: 'No service name in request',
      outcome: 'rejected',
      reason: 'bad-request',
    });
  });
});
