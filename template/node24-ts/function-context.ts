import type { AnswerHeaders, FunctionContext } from './function/openfaas.ts';

/** What a handler answered, not yet written to the wire. */
export interface FunctionAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: unknown;
  /** Set when the answer is a failure: for the log, where its stack may be seen. */
  readonly error?: unknown;
}

/** Collects a handler's answer. The first one counts; `onAnswer` is called once at most. */
export class AnswerContext implements FunctionContext {
  readonly #onAnswer: (answer: FunctionAnswer) => void;
  #status: number | undefined;
  #headers: AnswerHeaders = {};
  #isAnswered = false;

  constructor(onAnswer: (answer: FunctionAnswer) => void) {
    this.#onAnswer = onAnswer;
  }

  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  status(): number;
  status(code: number): this;
  status(code?: number): number | this {
    if (code === undefined) return this.#status ?? 200;
    this.#status = code;
    return this;
  }

  headers(): AnswerHeaders;
  headers(values: AnswerHeaders): this;
  headers(values?: AnswerHeaders): AnswerHeaders | this {
    if (values === undefined) return this.#headers;
    this.#headers = values;
    return this;
  }

  succeed(body?: unknown): this {
    return this.#answer({ status: this.#status ?? 200, headers: this.#headers, body });
  }

  fail(error: unknown): this {
    // As in the stock templates, a failure is never told with the status of a success.
    const status = this.#status === undefined || this.#status === 200 ? 500 : this.#status;
    return this.#answer({ status, headers: this.#headers, body: failureBody(error), error });
  }

  #answer(answer: FunctionAnswer): this {
    if (this.#isAnswered) return this;
    this.#isAnswered = true;
    this.#onAnswer(answer);
    return this;
  }
}

/** The body of every answer that is an error. */
export interface FailureBody {
  readonly status: 'NOK';
  readonly message: string;
}

/** Tells what went wrong, never where: the stack is for the log. */
export function failureBody(error: unknown): FailureBody {
  const message = error instanceof Error ? error.message || error.name : error;
  return {
    status: 'NOK',
    message: typeof message === 'string' ? message : (JSON.stringify(message) ?? 'Failed'),
  };
}
