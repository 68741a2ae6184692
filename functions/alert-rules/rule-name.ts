import { RuleError } from './problem.ts';

/**
 * The name of a rule: service and alert, joined by `_`, without what a name in Prometheus cannot have.
 * @example ruleName('go-demo_main', 'resp_time_above') // 'godemo_main_resp_time_above'
 * @throws {RuleError} when nothing is left of the alert's name
 */
export function ruleName(service: string, alert: string): string {
  const [first, second] = [service, alert].map((name) => name.replace(/\W/g, ''));
  if (!second) throw new RuleError('expected a name of letters, digits and _, such as resp_time_above');
  return `${first}_${second}`;
}
