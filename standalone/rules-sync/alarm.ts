import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes whoever waits; one that rings before anybody waits is not lost. */
export interface Alarm {
  ring(): void;
  /** Resolves when the alarm rings or the time is up, and true when it rang. */
  wait(timeoutMs: number): Promise<boolean>;
}

export function createAlarm(): Alarm {
  let nap = new AbortController();
  return {
    ring: () => nap.abort(),
    async wait(timeoutMs) {
      await sleep(timeoutMs, undefined, { signal: nap.signal }).catch(() => {});
      const rang = nap.signal.aborted;
      nap = new AbortController();
      return rang;
    },
  };
}
