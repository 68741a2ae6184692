import { compileSchema } from '#core/compile-schema.ts';
import { type ServiceMode, SwarmError } from './swarm.ts';

/**
 * The part of the engine's `GET /services/{id}`, and of each item of `GET /services`, that we read.
 * @see https://docs.docker.com/reference/api/engine/
 */
export interface EngineService {
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

const nullable = true;

const SCHEMA = {
  type: 'object',
  required: ['ID', 'Version', 'Spec'],
  properties: {
    ID: { type: 'string' },
    Version: { type: 'object', required: ['Index'], properties: { Index: { type: 'integer' } } },
    Spec: {
      type: 'object',
      required: ['Name', 'Mode'],
      properties: {
        Name: { type: 'string' },
        Labels: { type: 'object', nullable, additionalProperties: { type: 'string' } },
        Mode: {
          type: 'object',
          properties: {
            Replicated: { type: 'object', nullable, properties: { Replicas: { type: 'integer' } } },
          },
        },
      },
    },
  },
};

const isChecked = compileSchema<EngineService>(SCHEMA);

/** Whether an answer describes a service, and what decisions are made from is of its type. */
export const isEngineService = (answer: unknown): answer is EngineService => isChecked(answer);

/** Reads an engine's answer. @throws {SwarmError} `unanswered` when it is not JSON */
export function parseAnswer(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new SwarmError('unanswered', 'The engine answered with something that is not JSON', {
      cause: error,
    });
  }
}

/** For an answer that lacks it. */
export const notAService = (): SwarmError =>
  new SwarmError('unanswered', 'The engine answered with something that does not describe a service');

/** Any mode that we do not know is taken for a replicated one. */
export function modeOf(mode: EngineSpec['Mode']): ServiceMode {
  if (mode.Global) return 'global';
  if (mode.ReplicatedJob) return 'replicated-job';
  if (mode.GlobalJob) return 'global-job';
  return 'replicated';
}
