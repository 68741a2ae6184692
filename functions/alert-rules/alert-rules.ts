import { invalidRules } from './invalid-rules.ts';
import { readAlertLabels, refuseStrayKey, strayKeys } from './labels/alert-labels.ts';
import { makeRule } from './make-rule.ts';
import { ProblemList } from './problem.ts';
import type { AlertRules, RuleGroup } from './rule-file.ts';
import { RuleNames } from './rule-names.ts';
import type { LabelledService } from './service.ts';
import { readOwnShortcuts } from './shortcuts/own-shortcuts.ts';
import { SHORTCUTS } from './shortcuts/table.ts';

export interface AlertRulesOptions {
  /** True for every service; false for those with com.df.notify=true. */
  readonly all: boolean;
  /** Own shortcuts as YAML; they win over those built in. */
  readonly ownShortcuts?: string;
}

/**
 * Makes the rules that the labels of these services ask for, one group for each service that has any, and gathers what
 * cannot be read. Nothing in a label can make it fail, and the order of services and labels does not matter.
 */
export function makeAlertRules(services: readonly LabelledService[], options: AlertRulesOptions): AlertRules {
  const own = readOwnShortcuts(options.ownShortcuts ?? '');
  const shortcuts = new Map([...SHORTCUTS, ...own.shortcuts]);
  const names = new RuleNames();
  const problems = new ProblemList();
  const chosen = services
    .filter(({ labels }) => options.all || labels['com.df.notify'] === 'true')
    .sort((one, other) => (one.name < other.name ? -1 : 1));

  const groups = chosen.map((service): RuleGroup => {
    noteStrayKeys(service, problems);
    const rules = readAlertLabels(service.labels)
      .map((alert) => makeRule(alert, { service, shortcuts, names, problems }))
      .filter((rule) => rule !== undefined);
    return { name: service.name, rules };
  });
  const found = [...own.problems, ...problems.problems];
  return {
    groups: [...groups.filter(({ rules }) => rules.length > 0), ...invalidRules(found)],
    problems: found,
  };
}

function noteStrayKeys({ name, labels }: LabelledService, problems: ProblemList): void {
  for (const key of strayKeys(labels)) {
    problems.attempt({ service: name, label: key, value: labels[key] ?? '' }, refuseStrayKey);
  }
}
