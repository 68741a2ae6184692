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
  if (spec === undefined) throw new SwarmError('refused', 'The engine described a service without a Spec');
  const before = rawService.slice(spec.offset, spec.offset + spec.length);
  const after = applySplices(before, splicesFor(parseObject(before), change));
  requireNothingElseChanged(before, after, change);
  return after;
}

function splicesFor(spec: Node, { replicas, label }: ServiceChange): Splice[] {
  const count = findNodeAtLocation(spec, COUNT);
  if (count === undefined)
    throw new SwarmError('refused', `The engine described a service without ${COUNT.join('.')}`);
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

/** The last look before the engine gets it: both texts must be the same once count and label are set alike. */
function requireNothingElseChanged(before: string, after: string, change: ServiceChange): void {
  const spec = parseObject(after);
  const count = findNodeAtLocation(spec, COUNT)?.value;
  const label = findNodeAtLocation(spec, ['Labels', change.label.key])?.value;
  const isComplete = count === change.replicas && label === change.label.value;
  if (!isComplete || withoutChange(before, change) !== withoutChange(after, change)) {
    throw new SwarmError(
      'refused',
      'The changed spec differs from the one that the engine gave in more than the count and one label',
    );
  }
}

/** The spec's canonical text without the count and the label. Number literals stay as they are written. */
function withoutChange(spec: string, { label }: ServiceChange): string {
  const write = (node: Node, path: readonly string[]): string => {
    switch (node.type) {
      case 'object':
        return `{${(node.children ?? []).map((member) => writeMember(member, path)).join('')}}`;
      case 'array':
        return `[${(node.children ?? []).map((item) => write(item, [...path, '[]'])).join(',')}]`;
      default:
        return spec.slice(node.offset, node.offset + node.length);
    }
  };
  const writeMember = ({ children }: Node, path: readonly string[]): string => {
    const [key, value] = children as [Node, Node];
    const here = [...path, String(key.value)].join('\n');
    if (here === COUNT.join('\n') || here === `Labels\n${label.key}`) return '';
    const text = write(value, [...path, String(key.value)]);
    // Without labels is as good as with none: the engine writes one or the other.
    return here === 'Labels' && (text === '{}' || text === 'null')
      ? ''
      : `${JSON.stringify(key.value)}:${text},`;
  };
  return write(parseObject(spec), []);
}

function parseObject(text: string): Node {
  const node = parseTree(text);
  if (node?.type !== 'object')
    throw new SwarmError('refused', 'The engine described a service whose Spec is no object');
  return node;
}
