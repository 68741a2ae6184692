import { flag, type Parser, quoted, step, ValueError, wholeNumber } from '#core/values.ts';
import type { Direction, RequestedStep } from './scale-request.ts';

/**
 * The fields that a request is made of, one reader each. They take what stood in a query, a body or an alert's labels,
 * and throw a {@link FieldError} whose message can be answered as it is.
 */

/** A field that is missing or cannot be read. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

/** Swarm's own rule for the name of a service, in a form that cannot backtrack; a full service ID fits it, too. */
const SERVICE_NAME = /^[A-Za-z0-9](?:[-_]*[A-Za-z0-9])*$/;
const LONGEST_SERVICE_NAME = 63;

const isAbsent = (value: unknown): value is undefined | '' => value === undefined || value === '';

/** The name goes into a URL of the engine later on: nothing that Swarm would not take as a name may pass. */
export function readService(value: unknown): string {
  if (isAbsent(value)) {
    throw new FieldError('No service name in request');
  }
  if (typeof value === 'string' && value.length <= LONGEST_SERVICE_NAME && SERVICE_NAME.test(value))
    return value;
  throw new FieldError(
    `Incorrect service name in request: ${quoted(value)}; expected letters and digits, with - and _ between them, at most ${LONGEST_SERVICE_NAME}`,
  );
}

export function readDirection(value: unknown): Direction {
  if (isAbsent(value)) {
    throw new FieldError('No scale direction in request');
  }
  if (value === 'up' || value === 'down') return value;
  throw new FieldError(`Incorrect scale direction in request: ${quoted(value)}; expected up or down`);
}

/** Absent and 0 mean "as labelled"; a minus sign is ignored, as the established tool always has. */
export function readStep(value: unknown): RequestedStep {
  if (value === undefined) return { kind: 'labelled' };
  return read('by', value, (text) => {
    const unsigned = text.replace(/^-(?=\d+$)/, '');
    return /^0+$/.test(unsigned) ? { kind: 'labelled' } : step(unsigned);
  });
}

/** An absolute count of replicas. */
export function readTarget(value: unknown): number {
  return read('to', value, wholeNumber(0));
}

export function readDryRun(value: unknown): boolean {
  if (value === undefined || value === true || value === false) return value ?? false;
  return read('dryRun', value, flag);
}

/** A payload meant for another kind of scaler must not move a service. */
export function requireServiceType(value: unknown): void {
  if (value === undefined || value === 'service') return;
  throw new FieldError(`Incorrect type in request: ${quoted(value)}; expected service`);
}

/** Labels and queries give texts, a JSON body may give a number. */
function read<T>(field: string, value: unknown, parse: Parser<T>): T {
  try {
    if (typeof value === 'string' || typeof value === 'number') return parse(String(value));
    throw new ValueError('a text or a number');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new FieldError(`Incorrect ${field} in request: ${quoted(value)}; ${error.message}`, {
      cause: error,
    });
  }
}
