import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { type ServiceChange, SwarmError } from './swarm.ts';

/**
 * A service's spec goes back to the engine byte for byte as it came, except for the count and one label: the two are
 * spliced into the raw text. Parsing the spec and writing it again would round the 64-bit numbers in it
 * (`--ulimit memlock=9223372036854775807`), which the engine answers with 400.
 */

/** One place in a text, and what shall stand there. */
interface Splice {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

const COUNT = ['Mode', 'Replicated', 'Replicas'];

/**
 * The spec of an inspected service (the engine's raw answer) with the change in it.
 * @throws {SwarmError} `refused` when the answer is no replicated service, or when the result would differ in anything else
 */
export function changedSpec(rawService: string, change: ServiceChange): string {
  const tree = parseTree(rawService);
  const spec = tree && findNodeAtLocation(tree, ['Spec']);
  if (spec?.type !== 'object')
    throw new SwarmError('refused', 'The engine described a service without a Spec');
  const changed = applySplices(rawService, splicesFor(spec, change));
  // What comes before the spec is as long as it was; what comes after it is, too.
  const specText = changed.slice(
    spec.offset,
    changed.length - (rawService.length - spec.offset - spec.length),
  );
  requireNothingElseChanged({ text: rawService, spec }, specText, change);
  return specText;
}

function splicesFor(spec: Node, { replicas, label }: ServiceChange): Splice[] {
  const count = findNodeAtLocation(spec, COUNT);
  if (count === undefined) {
    throw new SwarmError('refused', `The engine described a service without ${COUNT.join('.')}`);
  }
  return [replaceNode(count, String(replicas)), spliceLabel(spec, label)];
}

function spliceLabel(spec: Node, { key, value }: ServiceChange['label']): Splice {
  const text = JSON.stringify(value);
  const member = `${JSON.stringify(key)}:${text}`;
  const labels = findNodeAtLocation(spec, ['Labels']);
  if (labels === undefined) return insertMember(spec, `"Labels":{${member}}`);
  if (labels.type !== 'object') return replaceNode(labels, `{${member}}`);
  const present = findNodeAtLocation(labels, [key]);
  return present ? replaceNode(present, text) : insertMember(labels, member);
}

const replaceNode = ({ offset, length }: Node, text: string): Splice => ({ offset, length, text });

function insertMember(object: Node, member: string): Splice {
  const isEmpty = object.children?.length === 0;
  return { offset: object.offset + 1, length: 0, text: isEmpty ? member : `${member},` };
}

function applySplices(text: string, splices: readonly Splice[]): string {
  // From the end to the beginning, so that the offsets before stay right.
  return splices
    .toSorted((left, right) => right.offset - left.offset)
    .reduce(
      (result, { offset, length, text: inserted }) =>
        result.slice(0, offset) + inserted + result.slice(offset + length),
      text,
    );
}

/** A spec as part of a text, so that the offsets in its tree are right. */
interface SpecInText {
  readonly text: string;
  readonly spec: Node;
}

/** The last look before the engine gets it: both specs must be the same but for the count and the label. */
function requireNothingElseChanged(before: SpecInText, changedText: string, change: ServiceChange): void {
  const spec = parseTree(changedText);
  const isComplete =
    spec !== undefined &&
    findNodeAtLocation(spec, COUNT)?.value === change.replicas &&
    findNodeAtLocation(spec, ['Labels', change.label.key])?.value === change.label.value &&
    withoutChange({ text: changedText, spec }, change) === withoutChange(before, change);
  if (!isComplete) {
    throw new SwarmError(
      'refused',
      'The changed spec differs from the one that the engine gave in more than the count and one label',
    );
  }
}

/** The spec's text without white space, the count and the label. Number literals stay as they are written. */
function withoutChange({ text, spec }: SpecInText, { label }: ServiceChange): string {
  const count = findNodeAtLocation(spec, COUNT);
  const labels = findNodeAtLocation(spec, ['Labels']);
  const ours = labels && findNodeAtLocation(labels, [label.key]);
  const isLeftOut = (value: Node): boolean =>
    value === count || value === ours || (value === labels && isEmpty(value, ours));

  const write = (node: Node): string => {
    const children = node.children ?? [];
    switch (node.type) {
      case 'object':
        return `{${children.map(writeMember).join('')}}`;
      case 'array':
        return `[${children.map(write).join(',')}]`;
      default:
        return text.slice(node.offset, node.offset + node.length);
    }
  };
  const writeMember = ({ children }: Node): string => {
    const [key, value] = children as [Node, Node];
    return isLeftOut(value) ? '' : `${write(key)}:${write(value)},`;
  };
  return write(spec);
}

/** No labels, labels that are null, and none but ours: the engine may write any of them. */
function isEmpty({ type, children = [] }: Node, ours: Node | undefined): boolean {
  return type === 'null' || (type === 'object' && children.every((member) => member.children?.[1] === ours));
}
