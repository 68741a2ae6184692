import type { Node } from 'jsonc-parser';
import { EngineError } from '../engine-error.ts';

type FieldType = 'string' | 'int64' | 'uint64';

interface Field {
  /** The Go struct that the engine names in its complaint. */
  readonly struct: string;
  readonly type: FieldType;
}

/** The typed fields of a service spec that can go wrong in our hands; array indexes are left out of a path. */
const FIELDS: Readonly<Record<string, Field>> = {
  Name: { struct: 'ServiceSpec', type: 'string' },
  'Mode.Replicated.Replicas': { struct: 'ReplicatedService', type: 'uint64' },
  'Mode.ReplicatedJob.MaxConcurrent': { struct: 'ReplicatedJob', type: 'uint64' },
  'Mode.ReplicatedJob.TotalCompletions': { struct: 'ReplicatedJob', type: 'uint64' },
  'TaskTemplate.ForceUpdate': { struct: 'TaskSpec', type: 'uint64' },
  'TaskTemplate.ContainerSpec.Image': { struct: 'ContainerSpec', type: 'string' },
  'TaskTemplate.ContainerSpec.Ulimits.Hard': { struct: 'Ulimit', type: 'int64' },
  'TaskTemplate.ContainerSpec.Ulimits.Soft': { struct: 'Ulimit', type: 'int64' },
  'TaskTemplate.Resources.Limits.MemoryBytes': { struct: 'Limit', type: 'int64' },
  'TaskTemplate.Resources.Limits.NanoCPUs': { struct: 'Limit', type: 'int64' },
  'UpdateConfig.Parallelism': { struct: 'UpdateConfig', type: 'uint64' },
  'RollbackConfig.Parallelism': { struct: 'UpdateConfig', type: 'uint64' },
};

const LABELS: Field = { struct: 'ServiceSpec', type: 'string' };

/**
 * Holds a spec to the types of Go's structs, of which the integers matter most: a number that lost its last digits on the way
 * (9223372036854775807 comes out of JSON.parse as 9223372036854775808 and is written as 9223372036854776000) fits no more.
 * @throws {EngineError} 400 in the words of Go's decoder
 */
export function checkFields(body: string, root: Node): void {
  if (root.type === 'null') return;
  if (root.type !== 'object')
    throw new EngineError(400, `json: cannot unmarshal ${root.type} into Go value of type swarm.ServiceSpec`);
  checkMembers(body, root, []);
}

function checkMembers(body: string, object: Node, path: readonly string[]): void {
  for (const { children: member = [] } of object.children ?? []) {
    const [key, value] = member;
    if (key && value) checkValue(body, value, [...path, String(key.value)]);
  }
}

function checkValue(body: string, value: Node, path: readonly string[]): void {
  const isLabel = path.length === 2 && path[0] === 'Labels';
  const name = isLabel ? 'Labels' : path.join('.');
  const field = isLabel ? LABELS : FIELDS[name];
  const text = body.slice(value.offset, value.offset + value.length);
  if (field !== undefined && value.type !== 'null' && !fits(field.type, value.type, text)) {
    const literal = value.type === 'number' && field.type !== 'string' ? `number ${text}` : value.type;
    throw new EngineError(
      400,
      `json: cannot unmarshal ${literal} into Go struct field ${field.struct}.${name} of type ${field.type}`,
    );
  }
  if (value.type === 'object') checkMembers(body, value, path);
  if (value.type === 'array') for (const item of value.children ?? []) checkValue(body, item, path);
}

const RANGES = { int64: [-(2n ** 63n), 2n ** 63n - 1n], uint64: [0n, 2n ** 64n - 1n] } as const;

function fits(type: FieldType, actual: Node['type'], text: string): boolean {
  if (type === 'string') return actual === 'string';
  if (actual !== 'number' || !/^-?\d+$/.test(text)) return false;
  const [least, most] = RANGES[type];
  return BigInt(text) >= least && BigInt(text) <= most;
}
