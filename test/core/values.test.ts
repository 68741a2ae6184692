import { expect } from 'chai';
import fc from 'fast-check';
import {
  duration,
  flag,
  formatDuration,
  httpAddress,
  labelKey,
  listOf,
  oneOf,
  type Parser,
  printable,
  quoted,
  step,
  ValueError,
  wholeNumber,
} from '#core/values.ts';

interface Table<T> {
  readonly parse: Parser<T>;
  readonly good: Readonly<Record<string, T>>;
  readonly bad: readonly string[];
  readonly expected: RegExp;
}

function itReads<T>(name: string, { parse, good, bad, expected }: Table<T>): void {
  describe(name, () => {
    for (const [text, value] of Object.entries(good)) {
      it(`reads ${JSON.stringify(text)} as ${JSON.stringify(value)}`, () => {
        expect(parse(text)).to.deep.equal(value);
      });
    }
    for (const text of bad) {
      it(`refuses ${JSON.stringify(text)}`, () => expect(() => parse(text)).to.throw(ValueError, expected));
    }
  });
}

describe('values', () => {
  itReads('a whole number', {
    parse: wholeNumber(1, 100),
    good: { '1': 1, '42': 42, '007': 7, '100': 100 },
    bad: ['', '0', '101', '-1', '+1', '1.5', '1e2', '0x10', ' 1', '1O', '٣', '99999999999999999999'],
    expected: /^expected a whole number ≥ 1 and ≤ 100$/,
  });

  itReads('a step', {
    parse: step,
    good: {
      '2': { kind: 'count', count: 2 },
      '50%': { kind: 'percent', percent: 50 },
      '200%': { kind: 'percent', percent: 200 },
    },
    bad: ['', '0', '0%', '%', '-2', '-50%', '1.5', '50 %', '50%%', '1e3', 'two', '9007199254740993'],
    expected: /^expected a whole number ≥ 1 or a percentage such as 50%$/,
  });

  itReads('a flag', {
    parse: flag,
    good: { true: true, false: false },
    bad: ['', 'TRUE', 'True', '1', '0', 'yes', ' true'],
    expected: /^expected true or false$/,
  });

  itReads('a duration', {
    parse: duration,
    good: {
      '90s': 90_000,
      '5m': 300_000,
      '1h30m': 5_400_000,
      '1d': 86_400_000,
      '2w': 1_209_600_000,
      '1y': 31_536_000_000,
      '250ms': 250,
      '1m5s250ms': 65_250,
      '40': 40_000,
      '0': 0,
      '0s': 0,
    },
    bad: ['', ' ', '-5', '-5s', '1.5', '1.5h', '1e3', '0x10', ' 5', '5 m', '30m1h', '5m5m', 's', '5min', '∞'],
    expected: /^expected a duration such as 90s, 5m or 1h30m$/,
  });

  it('refuses a duration that is too long for Prometheus, and for a date that far ahead', () => {
    expect(new Date(Date.now() + duration('292y')).toISOString()).to.match(/^23/);
    for (const text of ['293y', '285000y', '9'.repeat(400)])
      expect(() => duration(text)).to.throw(ValueError);
  });

  it('reads back every duration that it writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_000_000_000 }), (milliseconds) => {
        expect(duration(formatDuration(milliseconds))).to.equal(milliseconds);
      }),
    );
  });

  it('writes durations as Prometheus does', () => {
    expect([0, 250, 90_000, 5_400_000, 90_061_001].map(formatDuration)).to.deep.equal([
      '0s',
      '250ms',
      '1m30s',
      '1h30m',
      '1d1h1m1s1ms',
    ]);
  });

  itReads('one of several words', {
    parse: oneOf('token', 'none'),
    good: { token: 'token', none: 'none' },
    bad: ['', 'None', 'tokens', 'toString'],
    expected: /^expected one of token, none$/,
  });

  itReads('an http address', {
    parse: httpAddress,
    good: {
      'http://host:9093': 'http://host:9093',
      'https://host/prefix/': 'https://host/prefix',
      'http://[::1]:9093//': 'http://[::1]:9093',
    },
    bad: ['', 'host:9093', 'ftp://host', 'http://', 'http:host', '//host', 'http://host:99999', 'http://a b'],
    expected: /^expected an address such as http:\/\/host:9093$/,
  });

  itReads('a list', {
    parse: listOf(wholeNumber(0)),
    good: { '1': [1], '1,2': [1, 2], ' 1 , 2, ': [1, 2] },
    bad: ['', ',', ' , ', '1,x', '1;2'],
    expected: /^expected /,
  });

  itReads('a label key', {
    parse: labelKey,
    good: { 'com.df.scaleMin': 'com.df.scaleMin' },
    bad: ['', ' ', 'two words', 'line\nbreak'],
    expected: /^expected a label key such as com\.df\.scaleMin$/,
  });
});

describe('a foreign value in a message', () => {
  it('loses its control characters and line separators', () => {
    expect(printable('a\r\nb\u001b[31mc\u0085d\u2028e\u0000')).to.equal('a b [31mc d e ');
  });

  it('loses what turns the direction of writing, and halves of characters, but no whole ones', () => {
    expect(printable('a\u202eb\u2066c\ud800d\udc00')).to.equal('a b c d ');
    expect(printable('wéb 日本 👩‍🔧')).to.equal('wéb 日本 👩‍🔧');
  });

  it('is cut at 200 characters', () => {
    expect(printable('x'.repeat(200))).to.equal('x'.repeat(200));
    expect(printable('x'.repeat(201))).to.equal(`${'x'.repeat(199)}…`);
  });

  it('is not cut through a character of two code units', () => {
    expect(printable(`${'x'.repeat(198)}😀😀`)).to.equal(`${'x'.repeat(198)}…`);
  });

  it('is one line of at most 200 characters, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300, size: 'max' }), (text) => {
        expect(printable(text)).to.match(/^[^\p{Cc}\p{Cs}\u2028\u2029]{0,200}$/u);
      }),
      { numRuns: 30 },
    );
  });

  it('is a text of its own only where it is neither list nor object', () => {
    const values = [7, true, null, undefined, ['a'], { toString: 1, valueOf: 1 }];
    expect(values.map(printable)).to.deep.equal(['7', 'true', 'null', 'undefined', '[…]', '{…}']);
  });

  it('stands in double quotes', () => expect(quoted('1O')).to.equal('"1O"'));
});
