import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from './wait-for.ts';

/** A program that runs beside the tests; its output is kept for the day when it does not do what it should. */
export interface RunningProgram {
  readonly pid: number;
  output(): string;
  /** SIGTERM, then SIGKILL after five seconds; gives the exit code, null after a signal. */
  stop(): Promise<number | null>;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export function startProgram(
  command: string,
  args: readonly string[],
  { env, cwd }: ProgramOptions = {},
): RunningProgram {
  const child = spawn(command, args, { env: env ?? process.env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  const exited = once(child, 'close');
  return {
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => stop(child, exited),
  };
}

/** Waits until a program answers at an address with success; one that does not is stopped, and what it said is told. */
export async function untilAnswering(what: string, url: string, program: RunningProgram): Promise<void> {
  try {
    await waitFor(what, async () => (await fetch(url)).ok);
  } catch (error) {
    await program.stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${program.output()}`, {
      cause: error,
    });
  }
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(forced);
  return child.exitCode;
}
