import { duration } from '#core/values.ts';
import { expandAlertIf } from './alert-if.ts';
import { type AlertLabels, keyOf, type Part } from './labels/alert-labels.ts';
import { type Pairs, readPairs } from './labels/pairs.ts';
import type { ProblemList } from './problem.ts';
import type { AlertRule } from './rule-file.ts';
import { ruleName } from './rule-name.ts';
import type { RuleNames } from './rule-names.ts';
import type { LabelledService } from './service.ts';
import type { ShortcutTable } from './shortcuts/shortcut.ts';
import { checkCharacters } from './text.ts';

export interface RuleContext {
  readonly service: LabelledService;
  readonly shortcuts: ShortcutTable;
  readonly names: RuleNames;
  readonly problems: ProblemList;
}

/** Makes the rule of one alert, or, when any of its labels cannot be read, notes every problem and makes none. */
export function makeRule({ number, parts }: AlertLabels, context: RuleContext): AlertRule | undefined {
  const { service, shortcuts, names, problems } = context;
  const before = problems.problems.length;
  const read = <T>(part: Part, parse: (text: string) => T): T | undefined => {
    const [label, value] = [keyOf(part, number), parts.get(part) ?? ''];
    return problems.attempt({ service: service.name, label, value }, () => {
      checkCharacters(value);
      return parse(value);
    });
  };
  const readIfGiven = <T>(part: Part, parse: (text: string) => T): T | undefined =>
    parts.has(part) ? read(part, parse) : undefined;

  const alertName = parts.get('Name') ?? '';
  const alert = read('Name', (text) => names.claim(ruleName(service.name, text), service.name));
  const hold = readIfGiven('For', readHold);
  const labels = readIfGiven('Labels', readPairs);
  const annotations = readIfGiven('Annotations', readPairs);
  const expansion = read('If', (text) =>
    expandAlertIf(
      text,
      {
        service: service.name,
        replicas: service.replicas,
        isScraped: 'com.df.scrapePort' in service.labels,
        alertName,
        alertFor: hold ?? '',
      },
      // Labels that cannot be read may have named a scale: one problem is enough.
      { shortcuts, hasOwnScale: parts.has('Labels') && (labels === undefined || 'scale' in labels) },
    ),
  );
  if (problems.problems.length > before || alert === undefined || expansion === undefined) return undefined;
  return {
    alert,
    expr: expansion.expr,
    ...(hold !== undefined && { for: hold }),
    ...named('labels', { ...expansion.labels, ...labels }),
    ...named('annotations', { ...expansion.annotations, ...annotations }),
  };
}

/** How long the condition must hold, as Prometheus writes it; a bare number is seconds. */
function readHold(text: string): string {
  duration(text);
  return /^\d+$/.test(text) ? `${text}s` : text;
}

/** In the order of their keys; an empty value takes a key away. */
function named<Key extends string>(key: Key, pairs: Pairs): { readonly [K in Key]?: Pairs } {
  const kept = Object.entries(pairs)
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return kept.length === 0 ? {} : ({ [key]: Object.fromEntries(kept) } as { [K in Key]: Pairs });
}
