import { expect } from 'chai';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import { type Environment, loadConfig } from '#core/config/load-config.ts';
import { decide } from '#core/scaling/decide.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { alertFor, orderFor, orderTo } from '../../support/request.ts';
import { NOW, serviceOf } from '../../support/service.ts';

const decideFor = (request: ScaleRequest, service: Partial<Service> = {}, env: Environment = {}) =>
  decide(request, serviceOf(service), loadConfig(env), NOW);

describe('a service that cannot be scaled', () => {
  for (const mode of ['global', 'replicated-job', 'global-job'] as const) {
    it(`is one in ${mode} mode, whatever its labels say`, () => {
      for (const request of [alertFor('up'), orderFor('down'), orderTo(0)]) {
        expect(decideFor(request, { mode, replicas: 0, labels: { 'com.df.scaleMax': '1O' } })).to.include({
          kind: 'reject',
          reason: 'mode',
          message: `web is a ${mode} service (can not be scaled)`,
        });
      }
    });
  }

  const filtered: readonly [string, Record<string, string>, boolean][] = [
    ['com.df.scale=true', { 'com.df.scale': 'true' }, true],
    ['com.df.scale=true', { 'com.df.scale': 'false' }, false],
    ['com.df.scale=true', { 'com.df.scale': '' }, false],
    ['com.df.scale=true', {}, false],
    ['com.df.scale', { 'com.df.scale': 'anything' }, true],
    ['com.df.scale', { 'com.df.scale': '' }, true],
    ['com.df.scale', {}, false],
  ];
  for (const [filter, labels, isAllowed] of filtered) {
    it(`is ${isAllowed ? 'not ' : ''}one with ${JSON.stringify(labels)} for SCALE_FILTER_LABEL=${filter}`, () => {
      const decision = decideFor(alertFor('up'), { labels }, { SCALE_FILTER_LABEL: filter });
      expect(decision.kind).to.equal(isAllowed ? 'scale' : 'reject');
      if (!isAllowed) expect(decision.message).to.include(filter).and.include('SCALE_FILTER_LABEL');
    });
  }
});
