import pLimit, { type LimitFunction } from 'p-limit';

/** Runs work for one service one after the other, and for different services side by side. */
export type ServiceQueue = <T>(service: string, work: () => Promise<T>) => Promise<T>;

/** One queue serves one process; between processes, Swarm's version check does. */
export function createServiceQueue(): ServiceQueue {
  const queues = new Map<string, LimitFunction>();
  return async (service, work) => {
    const queue = queues.get(service) ?? pLimit(1);
    queues.set(service, queue);
    try {
      return await queue(work);
    } finally {
      if (queue.activeCount + queue.pendingCount === 0) queues.delete(service);
    }
  };
}
