import { expect } from 'chai';
import { quoted } from '#core/values.ts';
import { checkPromql } from '../../../functions/alert-rules/promql/check-promql.ts';

describe('checkPromql', () => {
  for (const query of [
    'up == 0',
    'up > up offset 1d and up',
    'rate(http_requests_total{job=~"a|b",code!~"4.."}[5m]) > 10',
    'sum by (instance) (rate(x[5m] offset 1h)) / ignoring(code) group_left sum(y) > 0.5',
    'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) > 1',
    'topk(3, x) > 1 or absent(up{job="a"})',
    'max_over_time(rate(x[5m])[1h:1m]) > 1',
    'label_replace(up, "a", "$1", "job", "(.*)") == 0',
    'label_join(up, "a", "-", "b", "c", "d") == 0',
    'hour() > 8 and on() vector(1)',
    '{__name__=~"a.+"} > 1',
    'x{path=~"\\\\d+(?i)[[:alpha:]](?P<rest>.*)"} > 1',
    "x{path='\\u00e9\\x41'} > bool 1",
    'time() > bool 1',
    '1',
    'x > -0x1F + 1.5e3 + .5 + Inf',
    'up # with a comment',
    'up @ 1700000000 > -up @ start()',
    'up{id=~"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"}',
    `${'('.repeat(2000)}up${')'.repeat(2000)}`,
    'sum(x)\n  > 1',
  ]) {
    it(`takes ${quoted(query)}`, () => {
      expect(() => checkPromql(query)).not.to.throw();
    });
  }

  for (const [query, message] of [
    ['', 'expected PromQL, which ends too early'],
    ['sum(up', 'expected PromQL, which ends too early'],
    ['up 1 > 2', 'expected PromQL, which goes wrong at character 4: 1 > 2'],
    ['no_such_function(up)', 'goes wrong at character 17'],
    ['rate(up)', 'rate() got an instant vector; expected a range vector as value 1'],
    ['abs(up, 1)', 'abs() got 2 values; expected 1'],
    ['label_join(up)', 'label_join() got 1 values; expected 4'],
    ['first_over_time(up[5m])', 'first_over_time() is experimental'],
    ['limitk(1, up)', 'limitk() is experimental'],
    ['up > 5m', '"5m" cannot stand for a number'],
    ['up > 1_000', '"1_000" cannot stand for a number'],
    ['rate(up[300]) > 1', '"300" has no unit; expected a duration such as 5m'],
    ['up[5m]', 'yields a range vector'],
    ['"text"', 'yields a text'],
    ['1 > 2', 'compares two numbers; expected bool'],
    ['up + bool 1', 'has a bool without a comparison'],
    ['up and 1', 'joins something that is no instant vector'],
    ['up and on(a) group_left(b) up', 'groups with and, or, unless'],
    ['up / on(a) group_left(a) up', 'names the label a twice'],
    ['up / on(a) 2', 'not both instant vectors'],
    ['up + "a"', 'calculates with a text'],
    ['-"a"', 'works on a text'],
    ['up fill(0) + up', 'expected PromQL'],
    ['up + fill(0) up', 'experimental'],
    ['sum(up)[5m]', 'expected a range of a selector'],
    ['up[5m][5m:]', 'works on a range vector'],
    ['rate(up[0s]) > 1', 'the duration 0s is not above zero'],
    ['rate(up[999y]) > 1', 'expected a duration such as 90s'],
    ['rate(up[5m+5m]) > 1', 'expected a duration such as'],
    ['up offset (5m) > 1', 'has no unit'],
    ['sum(up) offset 5m', 'neither selector nor subquery'],
    ['up offset 5m offset 5m', 'is shifted twice'],
    ['up @ Inf > 1', '"Inf" is no time'],
    ['up @ 1e17 > 1', '"1e17" is no time'],
    ['up{a=~"((x{900}){900}){900}"}', 'not in the syntax of RE2'],
    ['abs('.repeat(5000), 'expected PromQL'],
    [`${'('.repeat(9000)}up${')'.repeat(9000)}`, 'expected PromQL'],
    ['{}', 'selects every series'],
    ['{job=~".*",a!="b",c!~"d.+"}', 'selects every series'],
    ['up{__name__="x"}', 'names two metrics'],
    ['up{a=~"("}', 'the regular expression "(" cannot be read'],
    ['up{a=~"(?=x)"}', 'not in the syntax of RE2'],
    ['up{a="\\d"}', 'an escape that Prometheus does not know'],
    ['up{a="\\\'"}', 'an escape that Prometheus does not know'],
    ['up{a="\\ud800"}', 'is no character'],
    ['up{a="b', 'expected PromQL'],
  ] as const) {
    it(`refuses ${quoted(query)}`, () => {
      expect(() => checkPromql(query)).to.throw(message);
    });
  }
});
