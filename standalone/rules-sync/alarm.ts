import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes whoever waits; one that rings before anybody waits is not lost. */
export interface Alarm {
  ring(): void;
  /** Resolves when the alarm rings, or has since the last reset, or the time is up; true when it rang. */
  wait(timeoutMs: number): Promise<boolean>;
  /** Forgets that it rang. */
  reset(): void;
}

export function createAlarm(): Alarm {
  let nap = new AbortController();
  return {
    ring: () => nap.abort(),
    async wait(timeoutMs) {
      await sleep(timeoutMs, undefined, { signal: nap.signal }).catch(() => {});
      return nap.signal.aborted;
    },
    reset() {
      nap = new AbortController();
    },
  };
}
