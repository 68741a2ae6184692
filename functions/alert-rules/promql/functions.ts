/** What an expression of PromQL yields. @see https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

export interface Signature {
  readonly parameters: readonly ValueType[];
  /** How many of the parameters may be left out. */
  readonly optional: number;
  /** True when the last parameter may be repeated. */
  readonly repeats: boolean;
  readonly returns: ValueType;
}

const returning =
  (returns: ValueType, { optional = 0, repeats = false } = {}) =>
  (parameters: readonly ValueType[], names: string): [string, Signature][] =>
    names.split(' ').map((name) => [name, { parameters, optional, repeats, returns }]);

const vector = returning('vector');
const scalar = returning('scalar');
const vectorOfNow = returning('vector', { optional: 1 });

/**
 * The functions that every Prometheus offers without a feature flag; one that needs a flag stops the reload of the whole
 * file where the flag is missing.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/
 */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map([
  ...vector(
    ['vector'],
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count ' +
      'histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
  ),
  ...vector(
    ['matrix'],
    'absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time ' +
      'max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
  ),
  ...vectorOfNow(['vector'], 'day_of_month day_of_week day_of_year days_in_month hour minute month year'),
  ...vector(['vector', 'scalar', 'scalar'], 'clamp'),
  ...vector(['vector', 'scalar'], 'clamp_max clamp_min'),
  ...vectorOfNow(['vector', 'scalar'], 'round'),
  ...vector(['scalar', 'scalar', 'vector'], 'histogram_fraction'),
  ...vector(['scalar', 'vector'], 'histogram_quantile'),
  ...vector(['vector', 'string', 'string', 'string', 'string'], 'label_replace'),
  ...returning('vector', { optional: 1, repeats: true })(
    ['vector', 'string', 'string', 'string'],
    'label_join',
  ),
  ...vector(['matrix', 'scalar'], 'predict_linear'),
  ...vector(['scalar', 'matrix'], 'quantile_over_time'),
  ...vector(['scalar'], 'vector'),
  ...scalar(['vector'], 'scalar'),
  ...scalar([], 'pi time'),
]);

const aggregation = (first: ValueType): Signature => ({
  parameters: [first, 'vector'],
  optional: 0,
  repeats: false,
  returns: 'vector',
});

/** The aggregations that take a value before the vector; all others take the vector alone. */
const AGGREGATIONS: ReadonlyMap<string, Signature> = new Map([
  ['topk', aggregation('scalar')],
  ['bottomk', aggregation('scalar')],
  ['quantile', aggregation('scalar')],
  ['count_values', aggregation('string')],
]);

const PLAIN_AGGREGATION: Signature = {
  parameters: ['vector'],
  optional: 0,
  repeats: false,
  returns: 'vector',
};

const EXPERIMENTAL_AGGREGATIONS = ['limitk', 'limit_ratio'];

/** The signature of an aggregation such as `sum` or `topk`; undefined for those that need a feature flag. */
export function aggregationSignature(name: string): Signature | undefined {
  if (EXPERIMENTAL_AGGREGATIONS.includes(name)) return undefined;
  return AGGREGATIONS.get(name) ?? PLAIN_AGGREGATION;
}
