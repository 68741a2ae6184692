import { expect } from 'chai';
import { type Environment, loadConfig } from '#core/config/load-config.ts';
import { decide } from '#core/scaling/decide.ts';
import { alertFor, orderTo } from '../../support/request.ts';
import { NOW, serviceOf } from '../../support/service.ts';

type Labels = Record<string, string>;

const decideUp = (labels: Labels, env: Environment = {}) =>
  decide(alertFor('up'), serviceOf({ labels }), loadConfig(env), NOW);
const decideDown = (labels: Labels) => decide(alertFor('down'), serviceOf({ labels }), loadConfig({}), NOW);

describe('a label that cannot be read', () => {
  const blocking: readonly [string, string, string][] = [
    ['com.df.scaleMax', '1O', 'a whole number ≥ 0'],
    ['com.df.scaleMin', '', 'a whole number ≥ 0'],
    ['com.df.scaleMin', '-1', 'a whole number ≥ 0'],
    ['com.df.scaleUpBy', '0', 'a whole number ≥ 1 or a percentage such as 50%'],
    ['com.df.scaleUpCooldown', '1 minute', 'a duration such as 90s, 5m or 1h30m'],
  ];
  for (const [label, value, expected] of blocking) {
    it(`blocks a step up: ${label}=${JSON.stringify(value)}`, () => {
      expect(decideUp({ [label]: value })).to.include({
        kind: 'reject',
        reason: 'bad-label',
        message: `web: label ${label}="${value}": expected ${expected}`,
      });
    });
  }

  it('is named as the operator named it', () => {
    expect(decideUp({ 'my.max': 'many' }, { MAX_SCALE_LABEL: 'my.max' }).message).to.equal(
      'web: label my.max="many": expected a whole number ≥ 0',
    );
  });

  it('blocks a step up although the request says by how much', () => {
    const request = alertFor('up', '2');
    const service = serviceOf({ labels: { 'com.df.scaleUpBy': 'x' } });
    expect(decide(request, service, loadConfig({}), NOW)).to.include({ kind: 'reject' });
  });

  it('of the other direction is a warning', () => {
    const down = { 'com.df.scaleDownBy': 'x', 'com.df.scaleDownCooldown': 'y' };
    expect(decideUp(down)).to.deep.include({
      kind: 'scale',
      warnings: [
        'web: label com.df.scaleDownBy="x": expected a whole number ≥ 1 or a percentage such as 50%',
        'web: label com.df.scaleDownCooldown="y": expected a duration such as 90s, 5m or 1h30m',
      ],
    });
    expect(decideDown({ 'com.df.scaleUpBy': 'x', 'com.df.scaleUpCooldown': 'y' })).to.include({
      kind: 'scale',
    });
    expect(decideDown(down)).to.include({ kind: 'reject', reason: 'bad-label' });
  });

  it('about updates is a warning, and means that updates are waited for', () => {
    const update = { state: 'updating', startedAt: NOW } as const;
    const service = serviceOf({ labels: { 'com.df.scaleDuringUpdate': 'yes' }, update });
    const decision = decide(alertFor('up'), service, loadConfig({}), NOW);
    expect(decision).to.include({ kind: 'defer' });
    expect(decision.warnings).to.deep.equal([
      'web: label com.df.scaleDuringUpdate="yes": expected true or false',
    ]);
  });

  it('other than a bound only warns where an absolute count is asked for', () => {
    const decideTo = (labels: Labels) => decide(orderTo(4), serviceOf({ labels }), loadConfig({}), NOW);
    const decision = decideTo({ 'com.df.scaleUpBy': 'x', 'com.df.scaleUpCooldown': 'y' });
    expect(decision).to.include({ kind: 'scale', to: 4 });
    expect(decision.warnings).to.have.lengthOf(2);
    expect(decideTo({ 'com.df.scaleMin': 'x' })).to.include({ kind: 'reject', reason: 'bad-label' });
  });

  it('does not carry control characters into a message', () => {
    expect(decideUp({ 'com.df.scaleMax': '5\n{"level":"fake"}' }).message).to.not.match(/\n/);
  });
});

describe('bounds that contradict each other', () => {
  const cases: readonly [Labels, string][] = [
    [
      { 'com.df.scaleMin': '10' },
      'web: label com.df.scaleMin="10" is above DEFAULT_MAX_REPLICAS="5"; expected min ≤ max',
    ],
    [
      { 'com.df.scaleMax': '0' },
      'web: DEFAULT_MIN_REPLICAS="1" is above label com.df.scaleMax="0"; expected min ≤ max',
    ],
    [
      { 'com.df.scaleMin': '7', 'com.df.scaleMax': '6' },
      'web: label com.df.scaleMin="7" is above label com.df.scaleMax="6"; expected min ≤ max',
    ],
  ];
  for (const [labels, message] of cases) {
    it(`are named, with the default that a label clashed with: ${JSON.stringify(labels)}`, () => {
      expect(decideUp(labels)).to.include({ kind: 'reject', reason: 'bad-label', message });
      expect(decideDown(labels)).to.include({ kind: 'reject', reason: 'bad-label', message });
    });
  }
});
