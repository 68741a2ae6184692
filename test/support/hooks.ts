import { stopPrivateEngine } from './private-engine.ts';

/** Mocha calls this once, after the last test, also when tests failed. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopPrivateEngine();
}
