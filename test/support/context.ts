import type { FunctionContext } from '#core/openfaas.ts';

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it would go over the wire. */
  readonly body: Record<string, unknown>;
}

/** A context as the template's server hands it to a function, and what was answered through it. */
export function recordAnswer(): { readonly context: FunctionContext; answer(): RecordedAnswer } {
  let status = 200;
  let headers: Readonly<Record<string, string>> = {};
  let body: unknown;
  const context: FunctionContext = {
    status(code) {
      status = code;
      return context;
    },
    headers(values) {
      headers = { ...headers, ...values };
      return context;
    },
    succeed(value) {
      body = value;
      return context;
    },
    fail(error) {
      throw error;
    },
  };
  return { context, answer: () => ({ status, headers, body: JSON.parse(String(body)) }) };
}
