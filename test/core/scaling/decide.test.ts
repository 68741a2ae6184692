import { expect } from 'chai';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import { type Environment, loadConfig } from '#core/config/load-config.ts';
import { decide } from '#core/scaling/decide.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { alertFor, orderFor, orderTo } from '../../support/request.ts';
import { NOW, serviceOf } from '../../support/service.ts';

const decideFor = (request: ScaleRequest, service: Partial<Service> = {}, env: Environment = {}) =>
  decide(request, serviceOf(service), loadConfig(env), NOW);

const bounds = (min: number, max: number) => ({
  'com.df.scaleMin': String(min),
  'com.df.scaleMax': String(max),
});

describe('a step', () => {
  it('is made where there is room', () => {
    expect(decideFor(alertFor('up'), { replicas: 2, labels: bounds(2, 5) })).to.deep.equal({
      kind: 'scale',
      reason: 'step',
      message: 'Scaling web from 2 to 3 replicas (min: 2, max: 5)',
      warnings: [],
      direction: 'up',
      from: 2,
      to: 3,
      min: 2,
      max: 5,
    });
  });

  it('follows the tutorial: 3 to 2 with scaleDownBy=1, 2 to 4 with scaleUpBy=2', () => {
    const labels = { ...bounds(2, 5), 'com.df.scaleUpBy': '2', 'com.df.scaleDownBy': '1' };
    expect(decideFor(alertFor('down'), { replicas: 3, labels }).message).to.equal(
      'Scaling web from 3 to 2 replicas (min: 2, max: 5)',
    );
    expect(decideFor(alertFor('up'), { replicas: 2, labels }).message).to.equal(
      'Scaling web from 2 to 4 replicas (min: 2, max: 5)',
    );
  });

  it('stays inside the default bounds without labels', () => {
    expect(decideFor(orderFor('up', '9')).message).to.equal(
      'Scaling web from 2 to 5 replicas (min: 1, max: 5)',
    );
    expect(decideFor(orderFor('down', '9')).message).to.equal(
      'Scaling web from 2 to 1 replicas (min: 1, max: 5)',
    );
  });

  it('goes by the request, else by the label, else by the default', () => {
    const labels = { ...bounds(0, 100), 'com.df.scaleUpBy': '3', 'com.df.scaleDownBy': '50%' };
    const env = { DEFAULT_SCALE_SERVICE_UP_BY: '7', DEFAULT_SCALE_SERVICE_DOWN_BY: '25%' };
    const to = (request: ScaleRequest, serviceLabels = labels) =>
      decideFor(request, { replicas: 20, labels: serviceLabels }, env);
    expect(to(alertFor('up', '2'))).to.include({ to: 22 });
    expect(to(alertFor('up'))).to.include({ to: 23 });
    expect(to(alertFor('up'), bounds(0, 100) as typeof labels)).to.include({ to: 27 });
    expect(to(alertFor('down'))).to.include({ to: 10 });
    expect(to(alertFor('down'), bounds(0, 100) as typeof labels)).to.include({ to: 15 });
  });

  it('obeys labels under other names', () => {
    const env = { MIN_SCALE_LABEL: 'my.min', MAX_SCALE_LABEL: 'my.max', SCALE_UP_BY_LABEL: 'my.by' };
    const labels = { 'my.min': '3', 'my.max': '9', 'my.by': '4', ...bounds(1, 2) };
    expect(decideFor(alertFor('up'), { replicas: 3, labels }, env)).to.include({ to: 7, min: 3, max: 9 });
  });

  it('comes up to the minimum from below, and never down to it', () => {
    const labels = bounds(4, 9);
    expect(decideFor(alertFor('up'), { replicas: 1, labels })).to.include({ kind: 'scale', to: 4 });
    expect(decideFor(alertFor('down'), { replicas: 3, labels })).to.include({
      kind: 'hold',
      reason: 'at-minimum',
      message: 'web is already descaled to the minimum number of 4 replicas',
    });
  });

  it('holds at the maximum, and leaves more than that alone', () => {
    const message = 'web is already scaled to the maximum number of 5 replicas';
    for (const replicas of [5, 6, 20]) {
      expect(decideFor(alertFor('up'), { replicas })).to.include({
        kind: 'hold',
        reason: 'at-maximum',
        message,
        from: replicas,
      });
    }
  });

  it('holds at the minimum', () => {
    expect(decideFor(alertFor('down'), { replicas: 1 })).to.include({
      kind: 'hold',
      reason: 'at-minimum',
      message: 'web is already descaled to the minimum number of 1 replicas',
      min: 1,
      max: 5,
    });
  });

  it('down from far above the maximum is one step, not a fall to it', () => {
    expect(decideFor(alertFor('down'), { replicas: 20 })).to.include({ to: 19 });
  });

  it('holds in both directions where minimum and maximum are the same', () => {
    const service = { replicas: 3, labels: bounds(3, 3) };
    expect(decideFor(alertFor('up'), service)).to.include({ reason: 'at-maximum' });
    expect(decideFor(alertFor('down'), service)).to.include({ reason: 'at-minimum' });
  });

  it('of an alert does not start a service that somebody stopped', () => {
    const stopped = { replicas: 0, labels: bounds(1, 5) };
    expect(decideFor(alertFor('up'), stopped)).to.include({ kind: 'hold', reason: 'stopped' });
    expect(decideFor(alertFor('down'), stopped)).to.include({ kind: 'hold' });
    expect(decideFor(orderFor('up'), stopped)).to.include({ kind: 'scale', to: 1 });
  });

  it('of an alert starts a service that may have no replicas', () => {
    expect(decideFor(alertFor('up'), { replicas: 0, labels: bounds(0, 5) })).to.include({ from: 0, to: 1 });
  });
});

describe('an absolute count', () => {
  it('is set in one go', () => {
    expect(decideFor(orderTo(5))).to.include({
      kind: 'scale',
      reason: 'target',
      direction: 'up',
      from: 2,
      to: 5,
      message: 'Scaling web from 2 to 5 replicas (min: 1, max: 5)',
    });
    expect(decideFor(orderTo(1))).to.include({ direction: 'down', from: 2, to: 1 });
  });

  const clamped: readonly [number, number, [number, number], number, string][] = [
    [
      2,
      9,
      [1, 5],
      5,
      'Scaling web from 2 to 5 replicas (min: 1, max: 5); 9 were asked for, held to the maximum',
    ],
    [
      4,
      0,
      [2, 5],
      2,
      'Scaling web from 4 to 2 replicas (min: 2, max: 5); 0 were asked for, held to the minimum',
    ],
    [
      9,
      7,
      [1, 5],
      5,
      'Scaling web from 9 to 5 replicas (min: 1, max: 5); 7 were asked for, held to the maximum',
    ],
    [
      1,
      2,
      [3, 5],
      3,
      'Scaling web from 1 to 3 replicas (min: 3, max: 5); 2 were asked for, held to the minimum',
    ],
    [
      7,
      2,
      [5, 5],
      5,
      'Scaling web from 7 to 5 replicas (min: 5, max: 5); 2 were asked for, held to the minimum',
    ],
    [
      3,
      9,
      [5, 5],
      5,
      'Scaling web from 3 to 5 replicas (min: 5, max: 5); 9 were asked for, held to the maximum',
    ],
  ];
  for (const [replicas, target, [min, max], to, message] of clamped) {
    it(`from ${replicas} to ${target} is held inside ${min} to ${max}, and says so`, () => {
      expect(decideFor(orderTo(target), { replicas, labels: bounds(min, max) })).to.include({ to, message });
    });
  }

  it('that is the current one changes nothing, also out of bounds and with either direction', () => {
    for (const request of [orderTo(9), orderTo(9, 'up'), orderTo(9, 'down')]) {
      expect(decideFor(request, { replicas: 9 })).to.include({
        kind: 'hold',
        reason: 'unchanged',
        message: 'web already has 9 replicas',
      });
    }
  });

  it('contradicted by the direction is rejected', () => {
    expect(decideFor(orderTo(5, 'down'))).to.include({ kind: 'reject', reason: 'contradiction' });
    expect(decideFor(orderTo(1, 'up')).message).to.equal(
      'Incorrect scale direction in request: up contradicts to=1, as web has 2 replicas; expected down, or no scale',
    );
    expect(decideFor(orderTo(5, 'up'))).to.include({ kind: 'scale' });
  });

  it('starts a service that was stopped', () => {
    expect(decideFor(orderTo(2), { replicas: 0 })).to.include({ kind: 'scale', from: 0, to: 2 });
  });
});
