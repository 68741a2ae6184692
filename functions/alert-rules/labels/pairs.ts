import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';
import { checkTemplate } from '../template.ts';

export type Pairs = Readonly<Record<string, string>>;

/**
 * Reads `key=value,key=value`, as in alertLabels and alertAnnotations. A comma inside a value is written `\,`, a backslash
 * before it `\\`; any other backslash stands for itself. Spaces around keys and values are dropped, empty parts too; a
 * value may be empty.
 * @example readPairs('severity=high,summary=slow\\, too slow') // { severity: 'high', summary: 'slow, too slow' }
 * @throws {RuleError}
 */
export function readPairs(text: string): Pairs {
  const pairs = new Map<string, string>();
  for (const part of splitAtCommas(text)) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
    const name = key.trim();
    if (!part.includes('=')) throw new RuleError(`${quoted(part)} has no "="; expected key=value,key=value`);
    checkName(name);
    if (pairs.has(name)) throw new RuleError(`the key ${quoted(name)} is given twice`);
    checkTemplate(value);
    pairs.set(name, value.trim());
  }
  return Object.fromEntries(pairs);
}

function splitAtCommas(text: string): readonly string[] {
  const parts = text.match(/(?:\\[\\,]|[^,])+/gs) ?? [];
  return parts.map((part) => part.replace(/\\([\\,])/g, '$1')).filter((part) => part.trim() !== '');
}

/**
 * Label names as Prometheus has always taken them; those with two underscores in front are its own, and alertname is the
 * rule's name. @throws {RuleError}
 */
export function checkName(name: string): void {
  if (/^(?!__)[A-Za-z_]\w*$/.test(name) && name !== 'alertname') return;
  throw new RuleError(
    `the key ${quoted(name)} cannot be used; expected letters, digits and _, such as severity`,
  );
}
