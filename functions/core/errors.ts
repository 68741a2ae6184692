/**
 * The errors of this project. Each carries a code for programs, a message for people and the HTTP status of its answer.
 */

/** Why a request ended without a decision. */
export type RequestErrorCode = 'bad-request' | 'unauthorized' | 'method-not-allowed';

const HTTP_STATUS: Readonly<Record<RequestErrorCode, number>> = {
  'bad-request': 400,
  unauthorized: 401,
  'method-not-allowed': 405,
};

/** A request that is turned away as a whole; its message names what was wrong and what was expected. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: RequestErrorCode;
  readonly httpStatus: number;

  constructor(code: RequestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.httpStatus = HTTP_STATUS[code];
  }
}

/** A setting that cannot be used. It stops the start; the message is one line that says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
