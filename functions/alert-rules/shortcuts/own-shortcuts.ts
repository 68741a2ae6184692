import { inspect } from 'node:util';
import type { JSONSchemaType } from 'ajv';
import { parse } from 'yaml';
import { compileSchema } from '#core/compile-schema.ts';
import { quoted } from '#core/values.ts';
import { checkName, type Pairs } from '../labels/pairs.ts';
import { type Problem, ProblemList, RuleError } from '../problem.ts';
import { checkTemplate } from '../template.ts';
import { checkCharacters } from '../text.ts';
import { checkPlaceholders, countValues, fillIn } from './placeholders.ts';
import type { Shortcut, ShortcutTable } from './shortcut.ts';

/** The setting that names the file; the label of a problem with the file as a whole. */
const SETTING = 'SHORTCUTS_FILE';

/** One entry of the file, in the format of docker-flow-monitor's own shortcuts. */
interface Entry {
  readonly expanded: string;
  readonly annotations?: Pairs;
  readonly labels?: Pairs;
}

const PAIRS = {
  type: 'object',
  required: [],
  additionalProperties: { type: 'string' },
  nullable: true,
} as const;

const SCHEMA: JSONSchemaType<Entry> = {
  type: 'object',
  required: ['expanded'],
  properties: { expanded: { type: 'string', minLength: 1 }, annotations: PAIRS, labels: PAIRS },
  additionalProperties: false,
};

const isEntry = compileSchema(SCHEMA);

/**
 * Reads own shortcuts from YAML. One that cannot be read is a problem, and so is every alert that uses it: falling back to
 * ours of the same name would alert on something else than what was asked for.
 */
export function readOwnShortcuts(text: string): {
  readonly shortcuts: ShortcutTable;
  readonly problems: readonly Problem[];
} {
  const list = new ProblemList();
  const shortcuts = new Map<string, Shortcut>();
  const entries = list.attempt({ service: undefined, label: SETTING, value: '' }, () => readYaml(text));
  for (const [name, entry] of Object.entries(entries ?? {})) {
    const where = { service: undefined, label: name, value: inspect(entry) };
    const shortcut = list.attempt(where, () => readShortcut(name, entry));
    shortcuts.set(name, shortcut ?? unreadable(name));
  }
  return { shortcuts, problems: list.problems };
}

function readYaml(text: string): object {
  let file: unknown;
  try {
    // The failsafe schema leaves every value the text that it is: `scale: 1` and `page: no` are labels, too.
    file = parse(text, { schema: 'failsafe', logLevel: 'error' });
  } catch (error) {
    const [reason] = error instanceof Error ? error.message.split('\n') : [];
    throw new RuleError(`expected YAML: ${reason}`, { cause: error });
  }
  if (text.trim() === '' || file === null) return {};
  if (typeof file === 'object' && !Array.isArray(file)) return file;
  throw new RuleError('expected shortcuts by name, such as "@my_shortcut": { expanded: … }');
}

function readShortcut(name: string, entry: unknown): Shortcut {
  if (!/^@[^\s:,]+$/.test(name)) throw new RuleError('expected a name such as @my_shortcut');
  if (!isEntry(entry))
    throw new RuleError('expected expanded, and if need be annotations and labels, each key: text');
  const labels = entry.labels ?? {};
  const annotations = entry.annotations ?? {};
  for (const key of [...Object.keys(labels), ...Object.keys(annotations)]) checkName(key);
  const texts = [entry.expanded, ...Object.values(labels), ...Object.values(annotations)];
  texts.forEach(checkCharacters);
  checkPlaceholders(entry.expanded);
  for (const text of texts.slice(1)) checkTemplate(fillIn(text, [], undefined));

  const wanted = countValues(texts);
  return (values, context) => {
    if (values.length !== wanted) {
      throw new RuleError(`the shortcut ${name} got ${values.length} values; expected ${wanted}`);
    }
    const fill = (text: string) => fillIn(text, values, context);
    return {
      expr: fill(entry.expanded).trim(),
      labels: fillPairs(labels, fill),
      annotations: fillPairs(annotations, fill),
    };
  };
}

function fillPairs(pairs: Pairs, fill: (text: string) => string): Pairs {
  const filled = Object.entries(pairs).map(([key, text]) => [key, fill(text)] as const);
  for (const [, text] of filled) checkTemplate(text);
  return Object.fromEntries(filled);
}

const unreadable =
  (name: string): Shortcut =>
  () => {
    throw new RuleError(`the shortcut ${quoted(name)} in ${SETTING} cannot be read`);
  };
