import { expect } from 'chai';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import { type Environment, loadConfig } from '#core/config/load-config.ts';
import { decide } from '#core/scaling/decide.ts';
import type { Service, UpdateStatus } from '#core/swarm/swarm.ts';
import { alertFor, orderFor, orderTo } from '../../support/request.ts';
import { minutes, NOW, serviceOf } from '../../support/service.ts';

interface Situation extends Partial<Service> {
  readonly state: UpdateStatus['state'];
  readonly agoMs?: number | undefined;
}

const decideDuring = (
  request: ScaleRequest,
  { state, agoMs = 0, ...parts }: Situation,
  env: Environment = {},
) =>
  decide(request, serviceOf({ update: { state, startedAt: NOW - agoMs }, ...parts }), loadConfig(env), NOW);

const REQUESTS = [alertFor('up'), alertFor('down'), orderFor('up'), orderTo(4)];

describe('a rolling update', () => {
  const underWay = {
    pending: 'web is not scaled now: its rolling update is about to begin',
    updating: 'web is not scaled now: its rolling update is under way',
    rollback_started: 'web is not scaled now: its rollback is under way',
  } as const;
  for (const [state, message] of Object.entries(underWay)) {
    it(`in the state ${state} defers alerts and orders`, () => {
      for (const request of REQUESTS) {
        const decision = decideDuring(request, { state: state as keyof typeof underWay, agoMs: 5000 });
        expect(decision).to.include({
          kind: 'defer',
          reason: 'update-in-progress',
          message,
          updateStartedAt: NOW - 5000,
          from: 2,
        });
      }
    });

    it(`in the state ${state} for longer than SCALE_DEFER_MAX has to be looked at`, () => {
      const situation = { state: state as keyof typeof underWay };
      const decideAt = (agoMs: number, env: Environment = {}) =>
        decideDuring(alertFor('up'), { ...situation, agoMs }, env);
      expect(decideAt(minutes(10))).to.include({ kind: 'defer' });
      expect(decideAt(minutes(10) + 1)).to.include({ kind: 'hold', reason: 'update-stuck' });
      expect(decideAt(minutes(10) + 1).message).to.include('for longer than 10m');
      expect(decideAt(minutes(2), { SCALE_DEFER_MAX: '1m' })).to.include({ reason: 'update-stuck' });
    });
  }

  for (const state of ['paused', 'rollback_paused'] as const) {
    it(`in the state ${state} holds alerts and orders, as somebody has to look`, () => {
      for (const request of REQUESTS) {
        const decision = decideDuring(request, { state });
        expect(decision).to.include({ kind: 'hold', reason: 'update-paused' });
        expect(decision.message).to.match(/^web is not scaled: its (rolling update|rollback) is paused/);
      }
    });
  }

  for (const state of ['completed', 'rollback_completed'] as const) {
    it(`in the state ${state} is no obstacle`, () => {
      expect(decideDuring(alertFor('up'), { state })).to.deep.include({ kind: 'scale', warnings: [] });
    });
  }

  it('in a state that nobody knows yet is no obstacle', () => {
    const update = { state: 'invented' as 'completed', startedAt: NOW };
    expect(decide(alertFor('up'), serviceOf({ update }), loadConfig({}), NOW)).to.include({ kind: 'scale' });
  });

  it('whose start is not told defers', () => {
    const update = { state: 'updating', startedAt: undefined } as const;
    expect(decide(alertFor('up'), serviceOf({ update }), loadConfig({}), NOW)).to.include({ kind: 'defer' });
  });

  it('does not keep a service with scaleDuringUpdate=true from scaling, with a warning', () => {
    const labels = { 'com.df.scaleDuringUpdate': 'true' };
    for (const state of ['pending', 'updating', 'rollback_started', 'paused', 'rollback_paused'] as const) {
      for (const agoMs of [0, minutes(60)]) {
        const decision = decideDuring(alertFor('up'), { state, agoMs, labels });
        expect(decision).to.include({ kind: 'scale', to: 3 });
        expect(decision.warnings).to.have.lengthOf(1);
        expect(decision.warnings[0]).to.match(/scaled all the same/);
      }
    }
  });

  it('does not matter to a request that would change nothing', () => {
    expect(decideDuring(alertFor('up'), { state: 'updating', replicas: 5 })).to.include({
      reason: 'at-maximum',
    });
    expect(decideDuring(orderTo(2), { state: 'paused' })).to.include({ reason: 'unchanged' });
  });
});
