import { isDeepStrictEqual } from 'node:util';
import { type EngineService, isEngineService, modeOf, notAService, parseAnswer } from './engine-service.ts';
import type { Service, UpdateStatus } from './swarm.ts';

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
  const service = parseAnswer(raw);
  if (!isEngineService(service)) throw notAService();
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
