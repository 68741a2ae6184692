import { isDeepStrictEqual } from 'node:util';
import { Ajv, type JSONSchemaType } from 'ajv';
import { type Service, type ServiceMode, SwarmError, type UpdateStatus } from './swarm.ts';

/** The part of the engine's `GET /services/{id}` that we read. @see https://docs.docker.com/reference/api/engine/ */
interface EngineService {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly UpdatedAt?: string;
  readonly Spec: EngineSpec;
  readonly PreviousSpec?: Partial<EngineSpec> | null;
  readonly UpdateStatus?: { readonly State?: string; readonly StartedAt?: string } | null;
}

interface EngineSpec {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Mode: {
    readonly Replicated?: { readonly Replicas?: number } | null;
    readonly Global?: object | null;
    readonly ReplicatedJob?: object | null;
    readonly GlobalJob?: object | null;
  };
  readonly TaskTemplate?: object;
}

type Checked = Pick<EngineService, 'ID' | 'Version'> & {
  readonly Spec: Pick<EngineSpec, 'Name'> & { readonly Mode: object };
};

const SCHEMA: JSONSchemaType<Checked> = {
  type: 'object',
  required: ['ID', 'Version', 'Spec'],
  properties: {
    ID: { type: 'string' },
    Version: { type: 'object', required: ['Index'], properties: { Index: { type: 'integer' } } },
    Spec: {
      type: 'object',
      required: ['Name', 'Mode'],
      properties: { Name: { type: 'string' }, Mode: { type: 'object' } },
    },
  },
};

const isEngineService = new Ajv().compile(SCHEMA);

/**
 * How long after an update of the task template we wait for the orchestrator to report that it has begun. There is no
 * report at all when no task has to be replaced, so the wait must end.
 */
const UPDATE_START_MS = 5000;

/**
 * Reads the engine's description of a service.
 * @param now milliseconds since the epoch
 * @throws {SwarmError} `unanswered` when it is no such description
 */
export function readService(raw: string, now: number): Service {
  const service = parse(raw);
  const { Spec: spec, PreviousSpec: previous } = service;
  return {
    id: service.ID,
    name: spec.Name,
    version: service.Version.Index,
    mode: modeOf(spec.Mode),
    replicas: spec.Mode.Replicated?.Replicas ?? 0,
    labels: spec.Labels ?? {},
    previousLabels: previous?.Labels ?? {},
    update: updateOf(service, now),
    raw,
  };
}

function parse(raw: string): EngineService {
  let service: unknown;
  try {
    service = JSON.parse(raw);
  } catch (error) {
    throw new SwarmError('unanswered', 'The engine answered with something that is not JSON', {
      cause: error,
    });
  }
  if (isEngineService(service)) return service;
  throw new SwarmError('unanswered', 'The engine answered with something that does not describe a service');
}

function modeOf(mode: EngineSpec['Mode']): ServiceMode {
  if (mode.Global) return 'global';
  if (mode.ReplicatedJob) return 'replicated-job';
  if (mode.GlobalJob) return 'global-job';
  return 'replicated';
}

function updateOf(
  { UpdateStatus: status, ...service }: EngineService,
  now: number,
): UpdateStatus | undefined {
  // The engine knows more states with time; one that we do not know does not hold a service back.
  if (status?.State)
    return { state: status.State as UpdateStatus['state'], startedAt: readTime(status.StartedAt) };
  const updatedAt = readTime(service.UpdatedAt) ?? 0;
  const isFresh = Math.abs(now - updatedAt) < UPDATE_START_MS;
  const isNewTemplate =
    isFresh &&
    service.PreviousSpec?.TaskTemplate !== undefined &&
    !isDeepStrictEqual(service.Spec.TaskTemplate, service.PreviousSpec.TaskTemplate);
  return isNewTemplate ? { state: 'pending', startedAt: updatedAt } : undefined;
}

function readTime(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
