import { RuleError } from '../problem.ts';

export type ServiceLabels = Readonly<Record<string, string>>;

/** The parts of one alert, each a label of its own. */
export const PARTS = ['Name', 'If', 'For', 'Labels', 'Annotations'] as const;
export type Part = (typeof PARTS)[number];

/** The labels of one alert, as they stand on the service. */
export interface AlertLabels {
  /** The number behind the key; undefined for the plain form. */
  readonly number: string | undefined;
  readonly parts: ReadonlyMap<Part, string>;
}

const PREFIX = 'com.df.alert';
const KEY = /^com\.df\.alert(Name|If|For|Labels|Annotations)(?:\.(\d+))?$/;

/** Labels of docker-flow-monitor that look like an alert's and need no rule: our rules stay while their labels do. */
const IGNORED = /^com\.df\.alertPersistent(?:\.\d+)?$/;

/** The key of one part, such as `com.df.alertIf.2`. */
export const keyOf = (part: Part, number: string | undefined): string =>
  `${PREFIX}${part}${number === undefined ? '' : `.${number}`}`;

/**
 * The alerts that a service's labels define: the plain one, then the numbered ones in the order of their numbers. Numbers
 * may have gaps.
 */
export function readAlertLabels(labels: ServiceLabels): readonly AlertLabels[] {
  const alerts = new Map<string | undefined, Map<Part, string>>();
  for (const [key, text] of Object.entries(labels)) {
    const [, name, number] = KEY.exec(key) ?? [];
    const part = PARTS.find((each) => each === name);
    if (part === undefined) continue;
    const parts = alerts.get(number) ?? new Map<Part, string>();
    alerts.set(number, parts.set(part, text));
  }
  return [...alerts]
    .map(([number, parts]) => ({ number, parts }))
    .sort((one, other) => compareNumbers(one.number, other.number));
}

/** By value, the plain form first; `01` behind `1`, so that the order never depends on that of the labels. */
function compareNumbers(one: string | undefined, other: string | undefined): number {
  const rank = (number: string | undefined) => (number === undefined ? -1 : Number(number));
  return (
    rank(one) - rank(other) ||
    (one ?? '').length - (other ?? '').length ||
    ((one ?? '') < (other ?? '') ? -1 : 1)
  );
}

/** The keys that begin like an alert's but are none: slips such as `com.df.alertLabel`, which would go unnoticed. */
export const strayKeys = (labels: ServiceLabels): readonly string[] =>
  Object.keys(labels)
    .filter((key) => key.startsWith(PREFIX) && !KEY.test(key) && !IGNORED.test(key))
    .sort();

/** @throws {RuleError} always: the label stands for nothing */
export function refuseStrayKey(): never {
  const known = PARTS.map((part) => `alert${part}`).join(', ');
  throw new RuleError(
    `there is no such label; expected ${known} behind com.df., plain or with a number such as .1`,
  );
}
