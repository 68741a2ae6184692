import { execFileSync } from 'node:child_process';

/** Skips the suite where a program is not installed; in CI that is a failure. */
export function requireProgram(program: string, suite: Mocha.Context): void {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
  } catch (error) {
    if (process.env.CI) throw new Error(`${program} is not installed; CI needs it`, { cause: error });
    console.log(`      skipped: ${program} is not installed`);
    suite.skip();
  }
}
