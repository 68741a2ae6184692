import { stringify } from 'yaml';
import type { Pairs } from './labels/pairs.ts';
import type { Problem } from './problem.ts';

/** An alerting rule. @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Pairs;
  readonly annotations?: Pairs;
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

/** What the labels of a Swarm's services amount to. */
export interface AlertRules {
  readonly groups: readonly RuleGroup[];
  readonly problems: readonly Problem[];
}

const HEADER =
  '# Made from the labels of the services in the Swarm. Whatever is changed here is overwritten.\n';

/** The rule file as Prometheus reads it; the same rules always make the same text. */
export const toYaml = ({ groups }: AlertRules): string =>
  // Words such as `yes` are text here, but not to every reader of YAML: version 1.1 puts quotes around them.
  HEADER + stringify({ groups }, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
