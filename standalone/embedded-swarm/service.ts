import { type SwarmNode, satisfies } from './node.ts';
import { objectText } from './spec/json-text.ts';
import type { Spec } from './spec/spec.ts';

export interface Service {
  readonly id: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Goes up with every change of the object, also one of its update status. */
  version: number;
  spec: Spec;
  previousSpec: Spec | undefined;
  updateStatus: UpdateStatus | undefined;
  /** How often a job was started anew; undefined for services that are no jobs. */
  jobIteration: number | undefined;
}

export interface UpdateStatus {
  readonly State:
    | 'updating'
    | 'paused'
    | 'completed'
    | 'rollback_started'
    | 'rollback_paused'
    | 'rollback_completed';
  readonly StartedAt: string;
  readonly CompletedAt?: string;
  readonly Message: string;
}

export interface ServiceStatus {
  readonly RunningTasks: number;
  readonly DesiredTasks: number;
  readonly CompletedTasks: number;
}

export type Mode = 'replicated' | 'global' | 'replicated-job' | 'global-job';

export function modeOf({ fields: { Mode: mode } }: Spec): Mode {
  if (mode?.Global) return 'global';
  if (mode?.ReplicatedJob) return 'replicated-job';
  if (mode?.GlobalJob) return 'global-job';
  return 'replicated';
}

export const isJob = (spec: Spec): boolean => modeOf(spec).endsWith('job');

/** How many tasks a service wants to run at a time; a global one has none where its constraints do not let it. */
export function wantedTasks({ spec }: Service, node: SwarmNode): number {
  const { Mode: mode } = spec.fields;
  switch (modeOf(spec)) {
    case 'replicated':
      return mode?.Replicated?.Replicas ?? 0;
    case 'replicated-job':
      return Math.min(mode?.ReplicatedJob?.MaxConcurrent ?? 1, mode?.ReplicatedJob?.TotalCompletions ?? 1);
    case 'global':
    case 'global-job':
      return satisfies(node, spec.template.constraints) ? 1 : 0;
  }
}

/** A service as `GET /services/{id}` describes it. */
export function describeService(service: Service, status?: ServiceStatus): string {
  const { jobIteration, updateStatus } = service;
  return objectText({
    ID: JSON.stringify(service.id),
    Version: JSON.stringify({ Index: service.version }),
    CreatedAt: JSON.stringify(service.createdAt),
    UpdatedAt: JSON.stringify(service.updatedAt),
    Spec: service.spec.text,
    PreviousSpec: service.previousSpec?.text,
    Endpoint: '{"Spec":{}}',
    UpdateStatus: JSON.stringify(updateStatus),
    ServiceStatus: JSON.stringify(status),
    JobStatus:
      jobIteration === undefined
        ? undefined
        : JSON.stringify({ JobIteration: { Index: jobIteration || undefined } }),
  });
}
