/**
 * What the template's server hands to a handler: one HTTP request.
 * The shape is that of OpenFaaS' own Node templates plus `rawBody`.
 */
export interface FunctionEvent {
  /** The body by its content type (JSON is parsed on first access; malformed JSON throws then, answered 400). */
  readonly body: unknown;
  /** The body's bytes as they came: what a signature covers. */
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly method: string;
  /** Query parameters; one that is given several times is an array. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly path: string;
}

/** How a handler answers, as in OpenFaaS' own Node templates. */
export interface FunctionContext {
  status(code: number): this;
  headers(values: Readonly<Record<string, string>>): this;
  /** Answers with `body`; an object goes out as JSON. */
  succeed(body?: unknown): this;
  /** Answers with an error; 500 unless a status was set. */
  fail(error: unknown): this;
}

/** A function: what `handler.ts` exports as its default. A returned value is the answer when `succeed` was not called. */
export type FunctionHandler = (event: FunctionEvent, context: FunctionContext) => unknown;
