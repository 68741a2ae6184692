import type { JSONSchemaType } from 'ajv';
import { parse } from 'yaml';
import { compileSchema } from '#core/compile-schema.ts';

/** A group of alerting rules, as far as it takes to recognize it. */
export interface RuleGroup {
  readonly name: string;
  /** In order. */
  readonly alerts: readonly string[];
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { readonly alert: string }[];
  }[];
}

const SCHEMA: JSONSchemaType<RuleFile> = {
  type: 'object',
  required: ['groups'],
  properties: {
    groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'rules'],
        properties: {
          name: { type: 'string' },
          rules: {
            type: 'array',
            items: { type: 'object', required: ['alert'], properties: { alert: { type: 'string' } } },
          },
        },
      },
    },
  },
};

const isRuleFile = compileSchema(SCHEMA);

/** The groups of a rule file. @throws {Error} when the text is something else */
export function readGroups(text: string): readonly RuleGroup[] {
  const file: unknown = parse(text);
  if (!isRuleFile(file)) throw new Error('expected a rule file with groups of alerts');
  return file.groups.map(({ name, rules }) => ({ name, alerts: rules.map(({ alert }) => alert) }));
}

/** The first of the wanted groups that is not among those that run. */
export function findMissing(
  wanted: readonly RuleGroup[],
  running: readonly RuleGroup[],
): RuleGroup | undefined {
  const known = new Set(running.map(identity));
  return wanted.find((group) => !known.has(identity(group)));
}

const identity = ({ name, alerts }: RuleGroup): string => JSON.stringify([name, ...alerts]);
