import { expect } from 'chai';
import { decode } from '#core/alerts/decode.ts';
import { eventOf } from '../../support/event.ts';

const decodeQuery = (query: Record<string, string | string[]>, body: unknown = '') =>
  decode(eventOf({ query, body }));

const order = { service: 'web', scale: 'up' };

describe('an explicit order', () => {
  const step = (steps: unknown) => ({
    kind: 'step',
    service: 'web',
    direction: 'up',
    steps: [steps],
    origin: 'order',
    cause: 'order',
    dryRun: false,
  });

  it('stands in the query', () => {
    expect(decodeQuery({ ...order, by: '1' })).to.deep.equal({
      requests: [step({ kind: 'count', count: 1 })],
      rejections: [],
      warnings: [],
      dryRun: false,
    });
  });

  it('stands in a minimal body', () => {
    expect(decodeQuery({}, { groupLabels: { ...order, by: 2 } }).requests).to.deep.equal([
      step({ kind: 'count', count: 2 }),
    ]);
  });

  it('in the query beats the body, field by field', () => {
    const body = { groupLabels: { service: 'other', scale: 'down', by: 2, type: 'node', dryRun: 'true' } };
    const query = { service: 'web', scale: 'up', type: 'service', dryRun: 'false' };
    expect(decodeQuery(query, body).requests).to.deep.equal([step({ kind: 'count', count: 2 })]);
    expect(decodeQuery({ by: '50%' }, { groupLabels: order }).requests).to.deep.equal([
      step({ kind: 'percent', percent: 50 }),
    ]);
  });

  it('may be signed, with a timestamp and dryRun beside the labels', () => {
    const body = { groupLabels: order, timestamp: '2026-01-31T12:00:00Z', dryRun: true };
    expect(decodeQuery({}, body)).to.deep.include({ dryRun: true, rejections: [] });
  });

  it('may have null where there is nothing, as clients in Go write it', () => {
    const body = { alerts: null, groupLabels: null, commonLabels: order };
    expect(decodeQuery({}, body).requests).to.deep.equal([step({ kind: 'labelled' })]);
  });

  it('names a service by its full ID as well', () => {
    const id = '8ahi7s5gl3mjm1ktlpsdwbaoh';
    expect(decodeQuery({ ...order, service: id }).requests[0]?.service).to.equal(id);
  });

  const steps: readonly [unknown, unknown][] = [
    [undefined, { kind: 'labelled' }],
    [0, { kind: 'labelled' }],
    ['0', { kind: 'labelled' }],
    ['-0', { kind: 'labelled' }],
    [null, { kind: 'labelled' }],
    ['2', { kind: 'count', count: 2 }],
    [-2, { kind: 'count', count: 2 }],
    ['-2', { kind: 'count', count: 2 }],
    ['50%', { kind: 'percent', percent: 50 }],
    ['150%', { kind: 'percent', percent: 150 }],
  ];
  for (const [by, expected] of steps) {
    it(`reads by=${JSON.stringify(by) ?? 'absent'} as ${JSON.stringify(expected)}`, () => {
      expect(decodeQuery({}, { groupLabels: { ...order, by } }).requests).to.deep.equal([step(expected)]);
    });
  }

  for (const by of ['0%', '-50%', '1.5', 1.5, 'two', '1e3', 1e21, '+2', ' 2', '--2', true, [2], {}]) {
    it(`refuses by=${JSON.stringify(by)}`, () => {
      const { requests, rejections } = decodeQuery({}, { groupLabels: { ...order, by } });
      expect(requests).to.deep.equal([]);
      expect(rejections[0]?.message).to.match(/^Incorrect by in request: ".*"; expected a /);
    });
  }
});

describe('an absolute count', () => {
  const target = (query: Record<string, string>) => decodeQuery({ service: 'web', ...query });

  it('needs no direction', () => {
    expect(target({ to: '0' }).requests[0]).to.include({ kind: 'target', target: 0, direction: undefined });
    expect(decodeQuery({}, { groupLabels: { service: 'web', to: 4 } }).requests[0]).to.include({ target: 4 });
  });

  it('keeps a direction that is given, for the decision to compare', () => {
    expect(target({ to: '4', scale: 'down' }).requests[0]).to.include({ target: 4, direction: 'down' });
  });

  for (const to of ['-1', '1.5', '50%', 'all', '', '1e3']) {
    it(`is not ${JSON.stringify(to)}`, () => {
      expect(target({ to }).rejections[0]?.message).to.match(/^Incorrect to in request: ".*"; expected /);
    });
  }

  for (const by of ['1', '0']) {
    it(`goes not together with by=${by}`, () => {
      const { requests, rejections } = target({ to: '4', by });
      expect(requests).to.deep.equal([]);
      expect(rejections[0]?.message).to.match(/^Both by and to in request/);
    });
  }

  it('goes not together with a direction that is none', () => {
    expect(target({ to: '4', scale: 'sideways' }).rejections[0]?.message).to.match(
      /^Incorrect scale direction/,
    );
  });
});
