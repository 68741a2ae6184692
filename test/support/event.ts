import type { FunctionEvent } from '#core/openfaas.ts';

type EventParts = Partial<Omit<FunctionEvent, 'body' | 'rawBody'>> & {
  /** Goes out as JSON unless it is a text already. */
  readonly body?: unknown;
};

/** A POST as the template's server hands it to a function. Its parsed `body` is out of bounds: functions read the raw one. */
export function eventOf({ body = '', ...parts }: EventParts = {}): FunctionEvent {
  return {
    method: 'POST',
    path: '/',
    headers: {},
    query: {},
    ...parts,
    rawBody: Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    get body(): never {
      throw new Error('The parsed body was looked at');
    },
  };
}
