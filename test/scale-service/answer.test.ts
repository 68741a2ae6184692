import { expect } from 'chai';
import type { Outcome } from '#core/outcome.ts';
import { answerFor } from '../../functions/scale-service/answer.ts';
import { outcomeOf } from '../support/outcome.ts';

const answer = (outcomes: readonly Partial<Outcome>[], parts = {}) =>
  answerFor(outcomes.map(outcomeOf), { warnings: [], notified: false, dryRun: false, ...parts });

const of = (outcome: Outcome['outcome'], reason: Outcome['reason']) => ({ outcome, reason });

const scaled = of('scaled', 'step');
const held = of('held', 'cooldown');
const deferred = of('deferred', 'update-in-progress');
const unreachable = of('failed', 'unreachable');
const notFound = of('rejected', 'not-found');
const unreadable = of('rejected', 'bad-request');
const badLabel = of('rejected', 'bad-label');

describe('the answer', () => {
  it('has the shape that the contract shows', () => {
    const { status, body } = answer([{}], { notified: true });
    expect(status).to.equal(200);
    expect(JSON.parse(JSON.stringify(body))).to.deep.equal({
      status: 'OK',
      message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
      warnings: [],
      notified: true,
      results: [
        {
          service: 'web',
          outcome: 'scaled',
          direction: 'up',
          from: 2,
          to: 3,
          min: 1,
          max: 5,
          reason: 'step',
          message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
        },
      ],
    });
  });

  const alone: readonly [Partial<Outcome>, number, 'OK' | 'NOK'][] = [
    [scaled, 200, 'OK'],
    [of('scaled', 'target'), 200, 'OK'],
    [of('held', 'at-maximum'), 200, 'OK'],
    [of('held', 'at-minimum'), 200, 'OK'],
    [of('held', 'unchanged'), 200, 'OK'],
    [of('held', 'stopped'), 200, 'OK'],
    [held, 200, 'OK'],
    [of('held', 'resolved'), 200, 'OK'],
    [of('held', 'own-alert'), 200, 'OK'],
    [of('held', 'update-paused'), 200, 'NOK'],
    [of('held', 'update-stuck'), 200, 'NOK'],
    [of('unknown', 'lost-answer'), 200, 'NOK'],
    [unreadable, 400, 'NOK'],
    [of('rejected', 'contradiction'), 400, 'NOK'],
    [notFound, 404, 'NOK'],
    [badLabel, 422, 'NOK'],
    [of('rejected', 'mode'), 422, 'NOK'],
    [of('rejected', 'filtered'), 422, 'NOK'],
    [of('rejected', 'refused'), 422, 'NOK'],
    [deferred, 503, 'NOK'],
    [unreachable, 503, 'NOK'],
    [of('failed', 'unanswered'), 503, 'NOK'],
    [of('failed', 'not-a-manager'), 503, 'NOK'],
    [of('failed', 'deadline'), 503, 'NOK'],
  ];
  for (const [outcome, status, word] of alone) {
    it(`to ${outcome.outcome}, ${outcome.reason} is ${status} ${word}`, () => {
      const { headers, ...rest } = answer([outcome]);
      expect(rest.status).to.equal(status);
      expect(rest.body.status).to.equal(word);
      expect(headers?.['retry-after'] !== undefined).to.equal(status === 503);
    });
  }

  const together: readonly [string, readonly Partial<Outcome>[], number][] = [
    ['503 when every result deserves a retry', [deferred, unreachable], 503],
    ['200 when one was scaled beside a deferral', [deferred, scaled], 200],
    ['200 when one was held beside faults', [held, notFound, unreachable, badLabel], 200],
    ['the highest 4xx otherwise', [notFound, badLabel, unreadable], 422],
    ['the 4xx when only some results deserve a retry', [deferred, notFound], 404],
    ['400 when all are unreadable', [unreadable, unreadable], 400],
  ];
  for (const [what, outcomes, status] of together) {
    it(`to several is ${what}`, () => expect(answer(outcomes).status).to.equal(status));
  }

  it('to several counts the results, in the order of the request', () => {
    const { body } = answer([
      { ...scaled, service: 'web' },
      { ...held, service: 'api' },
      { ...scaled, service: 'db' },
    ]);
    expect(body.message).to.equal('3 results: 2 scaled, 1 held');
    expect(body).to.have.property('results').with.lengthOf(3);
  });

  it('carries the warnings about the request and about each service', () => {
    const { body } = answer([{ warnings: ['of web'] }, { warnings: ['of api'] }], { warnings: ['of all'] });
    expect(body).to.deep.include({ warnings: ['of all', 'of web', 'of api'] });
  });

  it('tells a rehearsal', () => {
    expect(answer([scaled], { dryRun: true }).body).to.include({ dryRun: true });
    expect(answer([scaled]).body).to.not.have.property('dryRun');
  });
});
