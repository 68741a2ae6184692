import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { newId } from '../ids.ts';
import type { SpecFields } from './spec.ts';

/** The members that the engine itself adds to every spec it takes in. Those that are there are left as they are. */
export function fillIn(text: string, fields: SpecFields): string {
  return missingMembers(fields).reduce(
    (result, [path, value]) => applyEdits(result, modify(result, [...path], value, {})),
    text,
  );
}

type Member = readonly [path: JSONPath, value: unknown];

function missingMembers(fields: SpecFields): readonly Member[] {
  const { TaskTemplate: template, Mode: mode, UpdateConfig: update, RollbackConfig: rollback } = fields;
  const added: readonly (Member | false)[] = [
    !fields.Name && [['Name'], newId()],
    !fields.Labels && [['Labels'], {}],
    template?.ContainerSpec?.Isolation === undefined && [
      ['TaskTemplate', 'ContainerSpec', 'Isolation'],
      'default',
    ],
    template?.ForceUpdate === undefined && [['TaskTemplate', 'ForceUpdate'], 0],
    template?.Runtime === undefined && [['TaskTemplate', 'Runtime'], 'container'],
    template?.RestartPolicy?.MaxAttempts === undefined &&
      template?.RestartPolicy != null && [['TaskTemplate', 'RestartPolicy', 'MaxAttempts'], 0],
    !hasMode(mode) && [['Mode'], { Replicated: { Replicas: 1 } }],
    mode?.Replicated != null &&
      mode.Replicated.Replicas === undefined && [['Mode', 'Replicated', 'Replicas'], 1],
    mode?.ReplicatedJob != null &&
      mode.ReplicatedJob.MaxConcurrent === undefined && [['Mode', 'ReplicatedJob', 'MaxConcurrent'], 1],
    mode?.ReplicatedJob != null &&
      mode.ReplicatedJob.TotalCompletions === undefined && [['Mode', 'ReplicatedJob', 'TotalCompletions'], 1],
    ...missingOfUpdate('UpdateConfig', update),
    ...missingOfUpdate('RollbackConfig', rollback),
  ];
  return added.filter((member) => member !== false);
}

const hasMode = (mode: SpecFields['Mode']) => Object.values(mode ?? {}).some((value) => value != null);

function missingOfUpdate(
  key: 'UpdateConfig' | 'RollbackConfig',
  config: SpecFields['UpdateConfig'],
): Member[] {
  if (config == null) return [];
  const defaults = { Parallelism: 0, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first' };
  return Object.entries(defaults)
    .filter(([name]) => !(name in config))
    .map(([name, value]) => [[key, name], value]);
}
