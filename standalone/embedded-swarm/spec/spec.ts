import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { EngineError } from '../engine-error.ts';
import { checkFields } from './check-fields.ts';
import { fillIn } from './fill-in.ts';
import { canonicalText } from './json-text.ts';
import { parseBody } from './parse-json.ts';

/** A service's spec: the text as it came, and what of it the swarm acts on. */
export interface Spec {
  readonly text: string;
  readonly fields: SpecFields;
  readonly template: Template;
}

/** What a task is made from. Two are the same when their canonical texts are. */
export interface Template {
  readonly text: string;
  readonly canonical: string;
  readonly image: string;
  readonly constraints: readonly string[];
  readonly restarts: boolean;
  readonly restartDelayMs: number;
}

interface UpdateConfig {
  readonly Parallelism?: number;
  readonly FailureAction?: 'pause' | 'continue' | 'rollback';
}

/** The members of a spec that decide on anything. */
export interface SpecFields {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly TaskTemplate?: {
    readonly ContainerSpec?: { readonly Image?: string; readonly Isolation?: string } | null;
    readonly Placement?: { readonly Constraints?: readonly string[] | null } | null;
    readonly RestartPolicy?: {
      readonly Condition?: string;
      readonly Delay?: number;
      readonly MaxAttempts?: number;
    } | null;
    readonly ForceUpdate?: number;
    readonly Runtime?: string;
  } | null;
  readonly Mode?: {
    readonly Replicated?: { readonly Replicas?: number } | null;
    readonly Global?: object | null;
    readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number } | null;
    readonly GlobalJob?: object | null;
  } | null;
  readonly UpdateConfig?: UpdateConfig | null;
  readonly RollbackConfig?: UpdateConfig | null;
}

const DEFAULT_RESTART_DELAY_NS = 5e9;
const NAME = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/;

/**
 * Reads the body of a create or update.
 * @throws {EngineError} as the engine words what it does not take
 */
export function parseSpec(body: string): Spec {
  const root = parseBody(body);
  checkFields(body, root);
  const fields: SpecFields | null = JSON.parse(body);
  if (fields?.TaskTemplate?.ContainerSpec == null)
    throw new EngineError(400, 'mismatched Runtime and *Spec fields');
  checkMode(fields);
  const text = fillIn(body, fields);
  const filled: SpecFields = JSON.parse(text);
  const spec = { text, fields: filled, template: readTemplate(text, filled) };
  checkContent(spec);
  return spec;
}

function readTemplate(text: string, { TaskTemplate: template }: SpecFields): Template {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, ['TaskTemplate']);
  if (node === undefined) throw new EngineError(400, 'mismatched Runtime and *Spec fields');
  return {
    text: text.slice(node.offset, node.offset + node.length),
    canonical: canonicalText(text, node),
    image: template?.ContainerSpec?.Image ?? '',
    constraints: template?.Placement?.Constraints ?? [],
    restarts: template?.RestartPolicy?.Condition !== 'none',
    restartDelayMs: (template?.RestartPolicy?.Delay ?? DEFAULT_RESTART_DELAY_NS) / 1e6,
  };
}

function checkMode({ Mode: mode }: SpecFields): void {
  if (Object.values(mode ?? {}).filter((value) => value != null).length > 1)
    throw new EngineError(400, 'must specify only one service mode');
}

function checkContent({ fields, template }: Spec): void {
  const { Name: name, Mode: mode, UpdateConfig: update } = fields;
  if (template.image === '') throw invalid('ContainerSpec: image reference must be provided');
  if (!NAME.test(name)) throw invalid('name must be valid as a DNS name component');
  if (name.length > 63) throw invalid('name must be 63 characters or fewer');
  if ((mode?.ReplicatedJob || mode?.GlobalJob) && update) throw invalid('Jobs may not have an update config');
}

const invalid = (words: string) => new EngineError(400, `rpc error: code = InvalidArgument desc = ${words}`);
