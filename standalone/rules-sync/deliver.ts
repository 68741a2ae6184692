import { type Prometheus, PrometheusError } from './prometheus.ts';
import { findMissing, readGroups } from './rule-groups.ts';
import type { RulesFile } from './rules-file.ts';
import { tryRules } from './trial.ts';

/** What became of a rule file: Prometheus had it already, or it does now. */
export interface Delivery {
  readonly kind: 'unchanged' | 'delivered';
  readonly alerts: number;
}

/** Brings a rule file to Prometheus. @throws {Error} when Prometheus does not run with these rules */
export type Deliver = (text: string, stop: AbortSignal) => Promise<Delivery>;

/** How long a text that was refused is not tried again: each trial costs Prometheus two reloads. */
const REFUSED_MS = 60_000;

/** Touches neither file nor Prometheus while both have these rules; what it has delivered it has seen running. */
export function createDeliver(file: RulesFile, prometheus: Prometheus, now: () => number): Deliver {
  /** What Prometheus has taken from us; nothing right after the start, when it may have missed a reload. */
  let taken: string | undefined;
  let refused: { readonly text: string; readonly error: unknown; readonly until: number } | undefined;

  return async (text, stop) => {
    const groups = readGroups(text);
    const alerts = groups.flatMap((group) => group.alerts).length;
    const findMissingGroup = async () => findMissing(groups, await prometheus.listGroups(stop));
    if (refused?.text === text && now() < refused.until) throw refused.error;

    const before = await file.read();
    if (before === text && taken === text && (await findMissingGroup()) === undefined)
      return { kind: 'unchanged', alerts };

    taken = undefined;
    try {
      await tryRules({ text, before, file, prometheus }, stop);
    } catch (error) {
      if (isRefusal(error)) refused = { text, error, until: now() + REFUSED_MS };
      throw error;
    }
    const missing = await findMissingGroup();
    if (missing !== undefined) {
      throw new PrometheusError(
        'incomplete',
        `Prometheus reloaded without the rules of ${missing.name}; expected its rule_files to name ${file.path}, in a folder that both see`,
      );
    }
    taken = text;
    return { kind: 'delivered', alerts };
  };
}

const isRefusal = (error: unknown): boolean => error instanceof PrometheusError && error.kind === 'refused';
