import { type Prometheus, PrometheusError } from './prometheus.ts';
import type { RulesFile } from './rules-file.ts';

/** One attempt to have Prometheus run with a new text of the file. */
export interface Trial {
  readonly text: string;
  /** What the file said before; undefined where there was none. */
  readonly before: string | undefined;
  readonly file: RulesFile;
  readonly prometheus: Prometheus;
}

/**
 * Writes the file and has Prometheus reload. The text stays only when Prometheus has taken it: one that finds rules it refuses
 * when it starts does not start.
 * @throws {PrometheusError}
 */
export async function tryRules(trial: Trial, stop: AbortSignal): Promise<void> {
  const { text, before, file, prometheus } = trial;
  await prometheus.requireReady(stop);
  if (before !== text) await file.write(text);
  try {
    await prometheus.reload(stop);
  } catch (error) {
    if (error instanceof PrometheusError && error.kind === 'refused')
      throw await withdraw(trial, error, stop);
    // Not known whether it would take it.
    if (before !== text) await file.write(before);
    throw error;
  }
}

/** Puts the old rules back, and finds out with a second reload whether the new ones were to blame. */
async function withdraw(
  { text, before, file, prometheus }: Trial,
  refusal: PrometheusError,
  stop: AbortSignal,
): Promise<PrometheusError> {
  await file.write(before === text ? undefined : before);
  try {
    await prometheus.reload(stop);
  } catch {
    await file.write(before);
    return blame(refusal, 'it does not without the new rules either: look at its own configuration');
  }
  return blame(
    refusal,
    'it does with the rules from before, which stay: its log says what is wrong with the new ones',
  );
}

const blame = (refusal: PrometheusError, what: string): PrometheusError =>
  new PrometheusError('refused', `${refusal.message}; ${what}`, { cause: refusal });
