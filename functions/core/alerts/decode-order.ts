import type { Decoded, FieldLookup } from './decode.ts';
import {
  FieldError,
  readDirection,
  readDryRun,
  readService,
  readStep,
  readTarget,
  requireServiceType,
} from './fields.ts';
import { rejectionOf } from './rejection.ts';
import type { ScaleRequest } from './scale-request.ts';

/**
 * Reads an explicit order: what a person or a script asks for, in the query or in the body's labels. The first field that
 * is missing or wrong makes a rejection of it.
 */
export function decodeOrder(lookup: FieldLookup): Omit<Decoded, 'dryRun'> {
  try {
    return { requests: [readOrder(lookup)], rejections: [], warnings: [] };
  } catch (error) {
    return { requests: [], rejections: [rejectionOf(error, lookup('service'))], warnings: [] };
  }
}

function readOrder(lookup: FieldLookup): ScaleRequest {
  const order = {
    service: readService(lookup('service')),
    origin: 'order',
    cause: 'order',
    dryRun: readDryRun(lookup('dryRun')),
  } as const;
  requireServiceType(lookup('type'));
  const [scale, by, to] = [lookup('scale'), lookup('by'), lookup('to')];
  if (to === undefined) {
    return { ...order, kind: 'step', direction: readDirection(scale), steps: [readStep(by)] };
  }
  if (by !== undefined) {
    throw new FieldError('Both by and to in request: expected by for a step, or to for an absolute count');
  }
  const direction = scale === undefined ? undefined : readDirection(scale);
  return { ...order, kind: 'target', target: readTarget(to), direction };
}
