import { expect } from 'chai';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';
import { loadConfig } from '#core/config/load-config.ts';
import { decide } from '#core/scaling/decide.ts';
import { alertFor, orderFor, orderTo } from '../../support/request.ts';
import { minutes, NOW, scaledAgo, seconds, serviceOf } from '../../support/service.ts';

const decideAfter = (request: ScaleRequest, agoMs: Parameters<typeof scaledAgo>[0], labels = {}) =>
  decide(request, serviceOf({ labels: { ...scaledAgo(agoMs), ...labels } }), loadConfig({}), NOW);

describe('the cooldown', () => {
  const cases: readonly [string, 'up' | 'down', Parameters<typeof scaledAgo>[0], 'scale' | 'hold'][] = [
    ['up, 39.999 s after a step up', 'up', { up: seconds(40) - 1 }, 'hold'],
    ['up, 40 s after a step up', 'up', { up: seconds(40) }, 'scale'],
    ['up, right after a step down', 'up', { down: 0 }, 'scale'],
    ['down, right after a step down', 'down', { down: 0 }, 'hold'],
    ['down, 1 ms less than 2 min after a step up', 'down', { up: minutes(2) - 1 }, 'hold'],
    ['down, 1 ms less than 2 min after a step down', 'down', { down: minutes(2) - 1 }, 'hold'],
    ['down, 2 min after both', 'down', { up: minutes(2), down: minutes(2) }, 'scale'],
    ['down, long after a step down but not after one up', 'down', { up: 0, down: minutes(9) }, 'hold'],
    ['down, long after a step up but not after one down', 'down', { up: minutes(9), down: 0 }, 'hold'],
  ];
  for (const [what, direction, agoMs, kind] of cases) {
    it(`${kind === 'hold' ? 'holds an alert' : 'lets an alert pass'}: ${what}`, () => {
      expect(decideAfter(alertFor(direction), agoMs)).to.include({ kind });
    });
  }

  it('is told with the last step and when the next one may come', () => {
    expect(decideAfter(alertFor('down'), { up: seconds(30), down: seconds(50) })).to.include({
      reason: 'cooldown',
      message:
        'web is in its cooldown of 2m: last step up (1 to 2) at 2026-01-31T11:59:30.000Z, next step down not before 2026-01-31T12:01:30.000Z',
    });
  });

  it('is as long as the labels say, for each direction', () => {
    const labels = { 'com.df.scaleUpCooldown': '5m', 'com.df.scaleDownCooldown': '10' };
    expect(decideAfter(alertFor('up'), { up: minutes(4) }, labels)).to.include({ kind: 'hold' });
    expect(decideAfter(alertFor('down'), { up: seconds(10) }, labels)).to.include({ kind: 'scale' });
    expect(decideAfter(alertFor('up'), { up: 0 }, { 'com.df.scaleUpCooldown': '0' })).to.include({
      kind: 'scale',
    });
  });

  it('does not bind explicit orders', () => {
    for (const order of [orderFor('up'), orderFor('down'), orderTo(5), orderTo(1)]) {
      expect(decideAfter(order, { up: 0, down: 0 })).to.include({ kind: 'scale' });
    }
  });

  it('comes after the bounds: a service at its maximum is just that', () => {
    const labels = { ...scaledAgo({ up: 0 }), 'com.df.scaleMax': '2' };
    expect(decide(alertFor('up'), serviceOf({ labels }), loadConfig({}), NOW)).to.include({
      reason: 'at-maximum',
    });
  });

  it('holds for a clock that is ahead by no more than the cooldown', () => {
    const decision = decideAfter(alertFor('up'), { up: -seconds(40) });
    expect(decision).to.deep.include({ kind: 'hold', warnings: [] });
    expect(decision.message).to.include('not before 2026-01-31T12:01:20.000Z');
  });

  it('ignores a last step further in the future, with a warning', () => {
    const decision = decideAfter(alertFor('up'), { up: -seconds(41) });
    expect(decision).to.include({ kind: 'scale' });
    expect(decision.warnings).to.have.lengthOf(1);
    expect(decision.warnings[0]).to.match(/^web: the last step up is recorded at .* in the future: ignored/);
  });

  it('does not let a future step hide one that counts', () => {
    const decision = decideAfter(alertFor('down'), { up: -minutes(60), down: 0 });
    expect(decision).to.include({ kind: 'hold', reason: 'cooldown' });
    expect(decision.warnings).to.have.lengthOf(1);
  });

  it('is over when the record was wiped', () => {
    expect(decide(alertFor('up'), serviceOf(), loadConfig({}), NOW)).to.deep.include({
      kind: 'scale',
      warnings: [],
    });
  });

  for (const text of ['', '{', 'null', '[]', '{"up":1,"applied":[]}', '{"applied":[{}]}', '{}']) {
    it(`is over, with a warning, when the record is ${JSON.stringify(text)}`, () => {
      const service = serviceOf({ labels: { 'com.df.scaleState': text } });
      expect(decide(alertFor('up'), service, loadConfig({}), NOW)).to.deep.include({
        kind: 'scale',
        warnings: ['web: label com.df.scaleState cannot be read and is ignored'],
      });
    });
  }
});
