import { quoted } from '#core/values.ts';
import { combine, type Operator } from './combination.ts';
import { RuleError } from './problem.ts';
import { checkPromql } from './promql/check-promql.ts';
import type { AlertContext, Expansion, ShortcutTable } from './shortcuts/shortcut.ts';

export interface ExpandOptions {
  readonly shortcuts: ShortcutTable;
  /** Whether the alert's own labels name a scale, so that parts of a combination may disagree on it. */
  readonly hasOwnScale: boolean;
}

/** Only before a shortcut: the name of a metric may well have `_and_` in it. */
const JOINT = /\s*_(unless|and|or)_\s*(?=@)/;

/**
 * Turns an alertIf into the expression of a rule: PromQL as it stands, or a shortcut, or shortcuts joined by `_unless_`,
 * `_and_` and `_or_`, which bind as they do in PromQL (`or` last).
 * @throws {RuleError}
 */
export function expandAlertIf(text: string, context: AlertContext, options: ExpandOptions): Expansion {
  const alertIf = text.trim();
  if (alertIf === '')
    throw new RuleError('expected PromQL, or a shortcut such as @resp_time_above:0.1,5m,0.99');
  const expansion = alertIf.startsWith('@')
    ? expandShortcuts(alertIf, context, options)
    : { expr: alertIf, labels: {}, annotations: {} };
  checkPromql(expansion.expr);
  return expansion;
}

function expandShortcuts(
  text: string,
  context: AlertContext,
  { shortcuts, hasOwnScale }: ExpandOptions,
): Expansion {
  // Splitting by a pattern with a group yields shortcut, operator, shortcut, operator, …
  const pieces = text.split(JOINT);
  const parts = pieces
    .filter((_piece, index) => index % 2 === 0)
    .map((piece, index) => ({
      operator: pieces[2 * index - 1] as Operator | undefined,
      expansion: expandShortcut(piece, context, shortcuts),
    }));
  return combine(parts, hasOwnScale);
}

function expandShortcut(text: string, context: AlertContext, shortcuts: ShortcutTable): Expansion {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const values = colon < 0 ? '' : text.slice(colon + 1).trim();
  const shortcut = shortcuts.get(name);
  if (shortcut === undefined) {
    throw new RuleError(
      `there is no shortcut ${quoted(name)}; expected one of ${[...shortcuts.keys()].join(', ')}`,
    );
  }
  return shortcut(values === '' ? [] : values.split(',').map((value) => value.trim()), context);
}
