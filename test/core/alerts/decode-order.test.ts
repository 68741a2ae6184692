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

describe('an order that cannot be read', () => {
  const messageFor = (query: Record<string, string | string[]>, body: unknown = '') => {
    const { requests, rejections } = decodeQuery(query, body);
    expect(requests).to.deep.equal([]);
    expect(rejections).to.have.lengthOf(1);
    return rejections[0]?.message;
  };

  it('lacks the service', () => {
    expect(messageFor({})).to.equal('No service name in request');
    expect(messageFor({ scale: 'up' })).to.equal('No service name in request');
    expect(messageFor({ service: '', scale: 'up' })).to.equal('No service name in request');
    expect(messageFor({}, { groupLabels: { service: null, scale: 'up' } })).to.equal(
      'No service name in request',
    );
    expect(messageFor({}, order)).to.equal('No service name in request');
  });

  it('lacks the direction', () => {
    expect(messageFor({ service: 'web' })).to.equal('No scale direction in request');
    expect(messageFor({ service: 'web', scale: '' })).to.equal('No scale direction in request');
  });

  it('has another direction', () => {
    for (const scale of ['UP', 'Up', 'upwards', ' up', 'left']) {
      expect(messageFor({ ...order, scale })).to.equal(
        `Incorrect scale direction in request: "${scale}"; expected up or down`,
      );
    }
  });

  it('still names its service, for those who are told', () => {
    expect(decodeQuery({ service: 'web', scale: 'left' }).rejections[0]?.service).to.equal('web');
    expect(decodeQuery({ service: '../info', scale: 'up' }).rejections[0]?.service).to.equal('../info');
    expect(decodeQuery({ scale: 'up' }).rejections[0]?.service).to.equal(undefined);
  });

  const names: readonly unknown[] = [
    '../info',
    '..%2finfo',
    'a/b',
    'web?x=1',
    'web#x',
    'we b',
    'web\n',
    '-web',
    'web-',
    '_web',
    'web_',
    'web.1',
    'wéb',
    'x'.repeat(64),
    7,
    true,
    ['web'],
    { name: 'web' },
  ];
  for (const service of names) {
    it(`has ${JSON.stringify(service).slice(0, 30)} for a service`, () => {
      expect(messageFor({}, { groupLabels: { service, scale: 'up' } })).to.match(
        /^Incorrect service name in request: ".*"; expected letters and digits/,
      );
    });
  }

  it('has a service name that takes long to refuse only for a slow rule', () => {
    const service = `${'a'.repeat(60)}!`;
    expect(messageFor({ ...order, service })).to.match(/^Incorrect service name/);
    expect(messageFor({ ...order, service: 'a'.repeat(1_000_000) })).to.match(/^Incorrect service name/);
  });

  for (const name of ['web', 'w', '7', 'go-demo_main', 'a--b__c', 'x'.repeat(63)]) {
    it(`does not have ${name} for a service: that is a good name`, () => {
      expect(decodeQuery({ ...order, service: name }).requests[0]?.service).to.equal(name);
    });
  }

  it('is meant for something else than services', () => {
    expect(messageFor({ ...order, type: 'node' })).to.equal(
      'Incorrect type in request: "node"; expected service',
    );
    expect(decodeQuery({ ...order, type: 'service' }).requests).to.have.lengthOf(1);
  });

  it('has an unknown parameter: ?dryrun=1 must not really scale', () => {
    for (const name of ['dryrun', 'Service', 'dry_run', '__proto__x', 'timestamp', '']) {
      expect(messageFor({ ...order, [name]: '1' })).to.match(
        /^Unknown query parameter ".*"; expected service, /,
      );
    }
  });

  it('has a parameter twice', () => {
    expect(messageFor({ ...order, service: ['web', 'web'] })).to.equal(
      'Repeated query parameter "service"; expected it once',
    );
  });

  for (const dryRun of ['1', 'yes', 'TRUE', '']) {
    it(`has dryRun=${JSON.stringify(dryRun)}, neither true nor false`, () => {
      expect(messageFor({ ...order, dryRun })).to.equal(
        `Incorrect dryRun in request: "${dryRun}"; expected true or false`,
      );
    });
  }

  it('is a rehearsal all the same, so that nobody is told', () => {
    expect(decodeQuery({ dryRun: 'true' }).dryRun).to.equal(true);
    expect(decodeQuery({ dryRun: 'true' }, '{').dryRun).to.equal(true);
    expect(decodeQuery({}, { dryRun: true }).dryRun).to.equal(true);
  });

  const bodies: Readonly<Record<string, RegExp>> = {
    '{': /^Unable to recognize POST body: it is not JSON \(.*\); expected /,
    'service=web&scale=up': /it is not JSON/,
    '<html>': /it is not JSON/,
    '[]': /the body must be object/,
    null: /the body must be object/,
    '"web"': /the body must be object/,
    '{"groupLabels":"web"}': /groupLabels must be object/,
    '{"groupLabels":["web"]}': /groupLabels must be object/,
    '{"commonLabels":7}': /commonLabels must be object/,
    '{"alerts":{}}': /alerts must be array/,
    '{"alerts":[7]}': /alerts\.0 must be object/,
    '{"alerts":[{"labels":{}}]}': /alerts\.0 must have required property 'status'/,
    '{"alerts":[{"status":"firing"}]}': /alerts\.0 must have required property 'labels'/,
    '{"alerts":[{"status":1,"labels":{}}]}': /alerts\.0\.status must be string/,
  };
  for (const [body, message] of Object.entries(bodies)) {
    it(`has the body ${body}`, () => expect(messageFor(order, body)).to.match(message));
  }
});
