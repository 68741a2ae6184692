import pLimit from 'p-limit';

/** Work whose caller does not wait for it. */
export interface BackgroundQueue {
  /** False when too much is waiting already; the work is not taken then. */
  add(work: () => Promise<void>): boolean;
  /** Resolves once all work that was taken is done. */
  drained(): Promise<void>;
}

const MOST_RUNNING = 8;
const MOST_WAITING = 100;

/** @param onError is told of work that failed */
export function createBackgroundQueue(onError: (error: unknown) => void): BackgroundQueue {
  const limit = pLimit(MOST_RUNNING);
  const taken = new Set<Promise<void>>();
  return {
    add(work) {
      if (limit.pendingCount >= MOST_WAITING) return false;
      const running = limit(work).catch(onError);
      taken.add(running);
      running.finally(() => taken.delete(running));
      return true;
    },
    async drained() {
      await Promise.all(taken);
    },
  };
}
