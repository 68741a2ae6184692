import { expect } from 'chai';
import { decode } from '#core/alerts/decode.ts';
import { eventOf } from '../../support/event.ts';

const decodeQuery = (query: Record<string, string | string[]>, body: unknown = '') =>
  decode(eventOf({ query, body }));

const order = { service: 'web', scale: 'up' };

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
    '{"alerts":[{"status":"firing","labels":null}]}': /alerts\.0\.labels must be object/,
    '{"alerts":[{"status":1,"labels":{}}]}': /alerts\.0\.status must be string/,
  };
  for (const [body, message] of Object.entries(bodies)) {
    it(`has the body ${body}`, () => expect(messageFor(order, body)).to.match(message));
  }
});
