import type { IncomingHttpHeaders } from 'node:http';

/** One HTTP request, in the shape of OpenFaaS' own Node templates plus `rawBody`. */
export interface FunctionEvent {
  /**
   * The body by its content type: JSON parsed (undefined when empty), a form as an object, text or no type as a string, else
   * a Buffer. Read on first access; malformed JSON throws then, and is answered with 400 unless the handler catches it.
   */
  readonly body: unknown;
  /** The body's bytes as they came, for signatures. */
  readonly rawBody: Buffer;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly method: string;
  /** Query parameters, decoded; one that is given several times is an array. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The path as it came, without the query. */
  readonly path: string;
}

/** The headers of an answer. */
export type AnswerHeaders = Readonly<Record<string, string | number | string[]>>;

/** How a handler answers. Only the first answer counts. */
export interface FunctionContext {
  status(): number;
  status(code: number): this;
  headers(): AnswerHeaders;
  /** Replaces the headers set before. */
  headers(values: AnswerHeaders): this;
  /** Answers with 200 unless a status was set: text and bytes as they are, anything else as JSON. */
  succeed(body?: unknown): this;
  /** Answers with 500 unless a status was set: `{"status":"NOK","message":…}`, and logs the error. */
  fail(error: unknown): this;
}

/**
 * What `handler.ts` exports as its default. Without a call of `succeed` or `fail` the returned value is the answer;
 * a handler that throws answers 500.
 */
export type FunctionHandler = (event: FunctionEvent, context: FunctionContext) => unknown;
