import { type AlertRulesOptions, makeAlertRules } from '../../functions/alert-rules/alert-rules.ts';
import type { LabelledService } from '../../functions/alert-rules/service.ts';

type Labels = Readonly<Record<string, string>>;

/** A service of 3 replicas with these labels, their `com.df.` left out. */
export const service = (name: string, labels: Labels): LabelledService & { readonly replicas: number } => ({
  name,
  replicas: 3,
  labels: Object.fromEntries(
    Object.entries({ notify: 'true', ...labels }).map(([key, value]) => [`com.df.${key}`, value]),
  ),
});

export const make = (services: readonly LabelledService[], options: Partial<AlertRulesOptions> = {}) =>
  makeAlertRules(services, { all: false, ...options });

export const rulesOf = (labels: Labels, options?: Partial<AlertRulesOptions>) =>
  make([service('go-demo_main', labels)], options).groups.flatMap(({ rules }) => rules);

export const problemsOf = (labels: Labels) => make([service('api', labels)]).problems;
