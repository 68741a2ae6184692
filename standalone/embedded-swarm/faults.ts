import type { IncomingMessage } from 'node:http';

/** What can go wrong with a request. */
export type Fault =
  /** The answer takes its time. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** There is no answer at all, and nothing is done. */
  | { readonly kind: 'hang' }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'reset-before' }
  /** It is done, and then the connection breaks instead of the answer. */
  | { readonly kind: 'reset-after' }
  /** Nothing is done, and the answer is this error. */
  | { readonly kind: 'error'; readonly status: number; readonly message: string }
  /** Somebody else changes the service just before the request is served. */
  | { readonly kind: 'lost-race' };

/** A fault, and the requests that it meets: the next `times` (1) of a method and a path, each of which may be left open. */
type PlannedFault = Fault & {
  readonly method?: string;
  /** Matched against the path without API version and query, such as `/services/web/update`. */
  readonly path?: RegExp;
  readonly times?: number;
};

export interface Faults {
  /** @example swarm.faults.next({ kind: 'reset-after', method: 'POST', path: /\/update$/ }); */
  next(fault: PlannedFault): void;
  /** Forgets the faults that are still to come. */
  clear(): void;
}

/** The faults with the engine's side of them. */
export interface FaultQueue extends Faults {
  /** The fault that meets a request, if any; it is used up by that. */
  take(method: IncomingMessage['method'], path: string): Fault | undefined;
}

export function createFaults(): FaultQueue {
  let planned: { readonly fault: PlannedFault; times: number }[] = [];
  return {
    next(fault) {
      planned.push({ fault, times: fault.times ?? 1 });
    },
    clear() {
      planned = [];
    },
    take(method, path) {
      const found = planned.find(
        ({ fault }) => (fault.method ?? method) === method && (fault.path?.test(path) ?? true),
      );
      if (found === undefined) return undefined;
      found.times -= 1;
      planned = planned.filter(({ times }) => times > 0);
      return found.fault;
    },
  };
}
