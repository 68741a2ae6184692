import { objectText } from './spec/json-text.ts';
import type { Template } from './spec/spec.ts';

export interface Task {
  readonly id: string;
  readonly serviceId: string;
  /** Which of the replicas it is, from 1; undefined for tasks that run once on each node, and for jobs. */
  readonly slot: number | undefined;
  readonly template: Template;
  readonly createdAt: string;
  updatedAt: string;
  version: number;
  nodeId: string | undefined;
  desiredState: 'running' | 'complete' | 'shutdown' | 'remove';
  status: TaskStatus;
}

export interface TaskStatus {
  readonly Timestamp: string;
  readonly State: 'new' | 'pending' | 'preparing' | 'running' | 'failed' | 'shutdown';
  readonly Message: string;
  readonly Err?: string;
}

/** Whether it is one of those that a service has now: not ended, and not told to end. */
export const isActive = ({ desiredState, status }: Task): boolean =>
  (desiredState === 'running' || desiredState === 'complete') &&
  status.State !== 'failed' &&
  status.State !== 'shutdown';

/** A task as `GET /tasks` describes it. */
export function describeTask(task: Task): string {
  return objectText({
    ID: JSON.stringify(task.id),
    Version: JSON.stringify({ Index: task.version }),
    CreatedAt: JSON.stringify(task.createdAt),
    UpdatedAt: JSON.stringify(task.updatedAt),
    Labels: '{}',
    Spec: task.template.text,
    ServiceID: JSON.stringify(task.serviceId),
    Slot: JSON.stringify(task.slot),
    NodeID: JSON.stringify(task.nodeId),
    Status: JSON.stringify({ ...task.status, PortStatus: {} }),
    DesiredState: JSON.stringify(task.desiredState),
  });
}
