import { EngineError } from '../engine-error.ts';

/** The `filters` of a list: a value has to match one of those given for each key. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/**
 * Reads `filters` as clients write it: `{"name":["web"]}`, or `{"name":{"web":true}}`.
 * @throws {EngineError} 400 for what is not JSON, and for a key that the list does not know
 */
export function readFilters(query: URLSearchParams, known: readonly string[]): Filters {
  const filters = new Map(
    Object.entries(parse(query.get('filters') || '{}')).map(([key, values]) => [key, valuesOf(values)]),
  );
  for (const key of filters.keys())
    if (!known.includes(key)) throw new EngineError(400, `Invalid filter '${key}'`);
  return filters;
}

/** Whether a filter lets a thing through: it is not set, or the test holds for one of its values. */
export const passes = (filters: Filters, key: string, test: (value: string) => boolean): boolean =>
  filters.get(key)?.some(test) ?? true;

/** Whether labels meet every one of a filter's `key` or `key=value`. */
export const passesLabels = (filters: Filters, labels: Readonly<Record<string, string>>): boolean =>
  (filters.get('label') ?? []).every((wanted) => {
    const [key = '', ...rest] = wanted.split('=');
    return key in labels && (rest.length === 0 || labels[key] === rest.join('='));
  });

function parse(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    throw new EngineError(400, `invalid character '${text.trim()[0]}' looking for beginning of value`);
  }
}

function valuesOf(values: unknown): readonly string[] {
  if (Array.isArray(values)) return values.map(String);
  if (typeof values === 'object' && values !== null) return Object.keys(values);
  throw new EngineError(400, 'json: cannot unmarshal string into Go value of type map[string]bool');
}
