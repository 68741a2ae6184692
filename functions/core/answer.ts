import type { FunctionContext } from './openfaas.ts';

/** An HTTP answer as data. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes out as JSON. */
  readonly body: AnswerBody;
}

/** What every answer has; errors are JSON as well, without a stack trace. */
export interface AnswerBody {
  readonly status: 'OK' | 'NOK';
  readonly message: string;
}

/** An HTTP answer that is not JSON. */
export interface TextAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<'content-type', string>>;
  readonly text: string;
}

/** How soon a caller may come back after a 503, in seconds; Alertmanager uses its own backoff. */
export const RETRY_AFTER = { 'retry-after': '10' };

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Answers in the way of the OpenFaaS templates. */
export function send(context: FunctionContext, answer: Answer | TextAnswer): void {
  context
    .status(answer.status)
    .headers({ ...JSON_HEADERS, ...answer.headers })
    .succeed('text' in answer ? answer.text : JSON.stringify(answer.body));
}
