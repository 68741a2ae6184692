import { expect } from 'chai';
import { readPairs } from '../../../functions/alert-rules/labels/pairs.ts';

describe('readPairs', () => {
  for (const [text, pairs] of [
    ['severity=high', { severity: 'high' }],
    ['severity=high,receiver=system', { severity: 'high', receiver: 'system' }],
    [
      'summary=Service memory is high, description=Do something',
      {
        summary: 'Service memory is high',
        description: 'Do something',
      },
    ],
    ['summary=slow\\, too slow', { summary: 'slow, too slow' }],
    ['path=C:\\\\,next=1', { path: 'C:\\', next: '1' }],
    ['pattern=\\d+\\.', { pattern: '\\d+\\.' }],
    ['query=a=b', { query: 'a=b' }],
    ['scale=', { scale: '' }],
    ['a=1,,b=2,', { a: '1', b: '2' }],
    ['', {}],
    ['description=two\nlines', { description: 'two\nlines' }],
    [
      'summary={{ $value | humanize }} on {{ $labels.instance }}',
      {
        summary: '{{ $value | humanize }} on {{ $labels.instance }}',
      },
    ],
    ['summary={{ printf "%.2f" $value }} }} {', { summary: '{{ printf "%.2f" $value }} }} {' }],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(readPairs(text)).to.deep.equal(pairs);
    });
  }

  for (const [text, message] of [
    ['severity', '"severity" has no "="; expected key=value,key=value'],
    ['summary=slow, too slow', '" too slow" has no "="'],
    ['=high', 'the key "" cannot be used'],
    ['my-label=1', 'the key "my-label" cannot be used'],
    ['__name__=up', 'the key "__name__" cannot be used'],
    ['alertname=other', 'the key "alertname" cannot be used'],
    ['a=1,a=2', 'the key "a" is given twice'],
    ['summary={{ $value', 'expected no other template than'],
    ['summary={{ range query "up" }}{{ end }}', 'expected no other template than'],
    ['summary={{ $value | noSuchFunction }}', 'expected no other template than'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => readPairs(text)).to.throw(message);
    });
  }
});
