import { quoted } from '#core/values.ts';
import type { Problem } from './problem.ts';
import type { AlertRule, RuleGroup } from './rule-file.ts';
import { asLiteral } from './template.ts';
import { writable } from './text.ts';

/** The name of the alert that says that another one is missing. */
export const INVALID_ALERT = 'alert_rules_invalid';

/** No service can have this name, so that no group has it either. */
const GROUP = 'alert rules that cannot be made';

/**
 * One alert for each problem, firing as long as it stands, so that people learn of it without reading logs. It has neither
 * scale nor type: no route must take it for an order to scale.
 */
export const invalidRules = (problems: readonly Problem[]): readonly RuleGroup[] =>
  problems.length === 0 ? [] : [{ name: GROUP, rules: problems.map(invalidRule) }];

function invalidRule({ service, label, value, message }: Problem): AlertRule {
  const owner = service === undefined ? '' : ` of the service ${service}`;
  const summary = `No rule was made from ${label}=${quoted(value)}${owner}: ${message}`;
  return {
    alert: INVALID_ALERT,
    expr: 'vector(1)',
    labels: {
      label: literal(label),
      ...(service !== undefined && { service: literal(service) }),
      severity: 'warning',
    },
    annotations: { summary: asLiteral(writable(summary)) },
  };
}

const literal = (text: string): string => asLiteral(writable(text));
