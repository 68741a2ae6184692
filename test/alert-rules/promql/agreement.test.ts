import { expect } from 'chai';
import fc from 'fast-check';
import { checkPromql } from '../../../functions/alert-rules/promql/check-promql.ts';
import { checkRules, needPromtool } from '../promtool.ts';

const LEAVES = [
  ...[
    'up',
    'up{job="a"}',
    '{job=~".*"}',
    '{job!=""}',
    '{}',
    '{a!~".+"}',
    '{__name__="x"}',
    'up{__name__="x"}',
  ],
  ...[
    '5',
    '-1',
    'Inf',
    '"s"',
    "'s'",
    'time()',
    'pi()',
    'up[5m]',
    'up[0s]',
    'up offset -5m',
    'up @ 5',
    'up @ Inf',
    'up @ 5m',
  ],
  ...['up{a="\\d"}', 'up{a=~"\\\\d+"}', 'up{a=~"("}', 'up{a=~"(?i)x"}', 'up{a=~"(?=x)"}', 'up{a=~"\\\\y"}'],
  ...['up{a=~"a{2000}"}', "up{a='\\''}", 'up{a="\\\'"}', 'up{a="\\xff"}', 'up{a=`\\d`}', 'up{a="b",}'],
];
const CALLS = ['rate', 'abs', 'sum', 'sum by (a)', 'avg without (b,)', 'hour', 'round', 'scalar', 'vector'];
const PAIR_CALLS = [
  'topk',
  'quantile',
  'count_values',
  'clamp_max',
  'quantile_over_time',
  'predict_linear',
  'round',
];
const OPERATORS = [
  ...['+', '^', '%', '>', '==', '> bool', '+ bool', 'atan2', 'and', 'or', 'unless', 'and on(a)', '/ on(a)'],
  ...[
    '* on(a) group_left(b)',
    '* on(a) group_left(a)',
    'and on(a) group_left(b)',
    '/ ignoring(a) group_right',
  ],
];

const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    fc.tuple(fc.constantFrom(...CALLS), tie('query')).map(([name, inner]) => `${name}(${inner})`),
    fc
      .tuple(fc.constantFrom(...PAIR_CALLS), tie('query'), tie('query'))
      .map(([name, first, second]) => `${name}(${first}, ${second})`),
    fc
      .tuple(tie('query'), fc.constantFrom(...OPERATORS), tie('query'))
      .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    fc
      .tuple(tie('query'), fc.constantFrom('[5m:]', '[5m]', ' offset 5m', ' @ start()', ' up', ')'))
      .map((pieces) => pieces.join('')),
    tie('query').map((inner) => `-(${inner})`),
  ),
}));

const isTaken = (text: string): boolean => {
  try {
    checkPromql(text);
    return true;
  } catch {
    return false;
  }
};

describe('checkPromql beside the parser of Prometheus', () => {
  before(function () {
    needPromtool(this);
  });

  it('takes nothing that Prometheus refuses', function () {
    this.timeout(60_000);
    const queries = fc.array(query, { minLength: 100, maxLength: 300 });
    fc.assert(
      fc.property(queries, (candidates) => {
        const rules = candidates.filter(isTaken).map((expr) => ({ alert: 'a', expr }));
        expect(checkRules(JSON.stringify({ groups: [{ name: 'g', rules }] }))).to.equal('');
      }),
      { numRuns: 10 },
    );
  });
});
