import { expect } from 'chai';
import fc from 'fast-check';
import type { Direction, ScaleRequest } from '#core/alerts/scale-request.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { decide } from '#core/scaling/decide.ts';
import { readScaleState, recordStep, SCALE_STATE_LABEL } from '#core/scaling/scale-state.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { alertFor, orderFor, orderTo } from '../../support/request.ts';
import { NOW, serviceOf } from '../../support/service.ts';

const CONFIG = loadConfig({});

const count = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 10_000 }));
const size = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: 1, max: 20 }).map(String),
  fc.integer({ min: 1, max: 300 }).map((percent) => `${percent}%`),
);
const direction = fc.constantFrom<Direction>('up', 'down');
const bounds = fc.tuple(count, count).map(([one, other]) => ({
  min: Math.min(one, other),
  max: Math.max(one, other),
}));
const service = fc
  .record({ replicas: count, bounds, upBy: size, downBy: size })
  .map(({ replicas, bounds: { min, max }, upBy = '1', downBy = '1' }) =>
    serviceOf({
      replicas,
      labels: {
        'com.df.scaleMin': String(min),
        'com.df.scaleMax': String(max),
        'com.df.scaleUpBy': upBy,
        'com.df.scaleDownBy': downBy,
      },
    }),
  );
const alert = fc.tuple(direction, size).map(([way, by]) => alertFor(way, by));
const order = fc.oneof(
  fc.tuple(direction, size).map(([way, by]) => orderFor(way, by)),
  count.map((target) => orderTo(target)),
);
const request: fc.Arbitrary<ScaleRequest> = fc.oneof(alert, order);

/** How far a count lies out of the service's bounds. */
const distance = (replicas: number, { labels }: Service) =>
  Math.max(0, Number(labels['com.df.scaleMin']) - replicas, replicas - Number(labels['com.df.scaleMax']));

describe('whatever is asked of a service', () => {
  it('never takes it further out of its bounds than it was', () => {
    fc.assert(
      fc.property(request, service, (request, service) => {
        const decision = decide(request, service, CONFIG, NOW);
        if (decision.kind !== 'scale') return;
        expect(distance(decision.to, service)).to.be.at.most(distance(service.replicas, service));
      }),
    );
  });

  it('never takes it against the direction, nor nowhere', () => {
    fc.assert(
      fc.property(request, service, (request, service) => {
        const decision = decide(request, service, CONFIG, NOW);
        if (decision.kind !== 'scale') return;
        const moved = decision.to - service.replicas;
        expect(Math.sign(moved)).to.equal(decision.direction === 'up' ? 1 : -1);
        if (request.kind === 'step') expect(decision.direction).to.equal(request.direction);
      }),
    );
  });

  it('makes one step of an alert, however often it is repeated at the same time', () => {
    fc.assert(
      fc.property(alert, service, (request, service) => {
        const decision = decide(request, service, CONFIG, NOW);
        if (decision.kind !== 'scale') return;
        const { from, to, direction } = decision;
        const { state } = readScaleState(service.labels);
        const label = recordStep(state, { direction, from, to, cause: request.cause, id: 'id', now: NOW });
        const labels = { ...service.labels, [SCALE_STATE_LABEL]: label };
        expect(decide(request, { ...service, replicas: to, labels }, CONFIG, NOW).kind).to.equal('hold');
      }),
    );
  });

  it('makes a percentage a share of the count, rounded up, at least one', () => {
    const wide = { 'com.df.scaleMin': '0', 'com.df.scaleMax': '1000000' };
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 300 }), (replicas, percent) => {
        const decision = decide(
          orderFor('up', `${percent}%`),
          serviceOf({ replicas, labels: wide }),
          CONFIG,
          NOW,
        );
        let size = 1;
        while (size * 100 < replicas * percent) size += 1;
        expect(decision).to.include({ kind: 'scale', to: replicas + size });
      }),
    );
  });

  it('is told with a message on one line that names it', () => {
    fc.assert(
      fc.property(request, service, (request, service) => {
        expect(decide(request, service, CONFIG, NOW).message).to.match(/^.*\bweb\b.*$/);
      }),
    );
  });
});
