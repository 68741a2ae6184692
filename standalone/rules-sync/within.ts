/**
 * Gives `use` a signal that aborts after `timeoutMs`, or when all is to stop. `AbortSignal.any` would do the same, but leaves
 * something on the signal that lives as long as the process, call after call.
 */
export async function within<T>(
  timeoutMs: number,
  stop: AbortSignal,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted();
  const controller = new AbortController();
  const stopToo = () => controller.abort(stop.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException('The time is up', 'TimeoutError')),
    timeoutMs,
  );
  stop.addEventListener('abort', stopToo, { once: true });
  try {
    return await use(controller.signal);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', stopToo);
  }
}
