import { printable } from '#core/values.ts';
import { FieldError } from './fields.ts';

/** A part of a request, or all of it, that cannot be read; answered 400. */
export interface Rejection {
  readonly service?: string | undefined;
  readonly message: string;
}

/**
 * Turns a field that cannot be read into a rejection that names the service, as far as there is one.
 * @throws whatever else went wrong
 */
export function rejectionOf(error: unknown, service: unknown): Rejection {
  if (!(error instanceof FieldError)) throw error;
  return { service: printableService(service), message: error.message };
}

/** What was given for a service, as it may stand in an answer; undefined when nothing was. */
export const printableService = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? printable(value) : undefined;
