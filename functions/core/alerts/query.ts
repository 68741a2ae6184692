import { RequestError } from '#core/errors.ts';
import type { FunctionEvent } from '#core/openfaas.ts';
import { quoted } from '#core/values.ts';

const PARAMETERS = ['service', 'scale', 'by', 'to', 'type', 'dryRun'] as const;

/** A field of a request, wherever it stands: in the query, in the body's labels or in an alert's. */
export type FieldName = (typeof PARAMETERS)[number];

export type Query = Readonly<Partial<Record<FieldName, string>>>;

/**
 * Reads the query parameters, each at most once and none but the known ones: `?dryrun=1` must not really scale.
 * @throws {RequestError} `bad-request` that names the parameter
 */
export function readQuery(query: FunctionEvent['query']): Query {
  for (const [name, value] of Object.entries(query)) {
    if (!PARAMETERS.some((known) => known === name)) {
      throw new RequestError(
        'bad-request',
        `Unknown query parameter ${quoted(name)}; expected ${PARAMETERS.join(', ')}`,
      );
    }
    if (typeof value !== 'string') {
      throw new RequestError('bad-request', `Repeated query parameter ${quoted(name)}; expected it once`);
    }
  }
  return query as Query;
}
