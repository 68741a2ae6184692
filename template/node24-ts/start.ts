import type { FunctionHandler } from './function/openfaas.ts';
import { createServer } from './server.ts';
import { stopOnSignal } from './stop.ts';

/** The module of a function. */
interface FunctionModule {
  readonly default?: unknown;
}

/** Loads the function and serves it to the watchdog, on `http_port` or 3000. Ends the process when it cannot start. */
export async function start(load: () => Promise<FunctionModule>): Promise<void> {
  try {
    const port = readPort(process.env.http_port || '3000');
    const server = createServer(handlerOf(await load()));
    stopOnSignal(server);
    // Loopback: nobody but the watchdog, which holds the limits and timeouts, is to reach the function.
    await server.listen({ port, host: '127.0.0.1' });
  } catch (error) {
    console.error(isConfigError(error) ? `Cannot start: ${error.message}` : error);
    process.exit(1);
  }
}

/** A setting that keeps the function from starting; a function's own errors of this name count as well. */
class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const isConfigError = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ConfigError';

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(
    `http_port=${JSON.stringify(text)}: expected a port from 0 (any that is free) to 65535`,
  );
}

function handlerOf(module: FunctionModule): FunctionHandler {
  if (typeof module.default === 'function') return module.default as FunctionHandler;
  throw new ConfigError('function/handler.ts has no default export that is a function (event, context)');
}
