import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROMTOOL = 'promtool';

const isThere = spawnSync(PROMTOOL, ['--version']).status === 0;

/** Skips the tests behind it on a machine without promtool (Debian: apt-get install prometheus); in CI they fail instead. */
export function needPromtool(context: Mocha.Context): void {
  if (isThere || process.env.CI) return;
  context.skip();
}

/** What promtool has to say against a rule file; empty when Prometheus would take it. */
export const checkRules = (yaml: string): string =>
  run({ 'rules.yml': yaml }, ['check', 'rules', 'rules.yml']);

/** Series in the notation of promtool: `up{job="a"}` → `1+0x10`. */
export type Series = Readonly<Record<string, string>>;

export interface RuleTest {
  readonly name: string;
  readonly series: Series;
  readonly at: string;
  /** How many alerts of each name must be firing then. */
  readonly firing: Readonly<Record<string, number>>;
}

/** Runs the rules over series of a sample every 15 seconds; what promtool has to say when an alert is not as expected. */
export function testRules(yaml: string, tests: readonly RuleTest[]): string {
  const unit = {
    rule_files: ['rules.yml'],
    evaluation_interval: '15s',
    tests: tests.map(({ name, series, at, firing }) => ({
      name,
      interval: '15s',
      input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
      promql_expr_test: Object.entries(firing).map(([alert, count]) => ({
        expr: `count(ALERTS{alertname="${alert}",alertstate="firing"})`,
        eval_time: at,
        exp_samples: count === 0 ? [] : [{ labels: '{}', value: count }],
      })),
    })),
  };
  return run({ 'rules.yml': yaml, 'test.yml': JSON.stringify(unit) }, ['test', 'rules', 'test.yml']);
}

function run(files: Readonly<Record<string, string>>, args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr, error } = spawnSync(PROMTOOL, args, { cwd: folder, encoding: 'utf8' });
    if (error) throw error;
    return status === 0 ? '' : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
