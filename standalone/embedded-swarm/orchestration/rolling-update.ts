import { type Cluster, now } from '../cluster.ts';
import type { Service, UpdateStatus } from '../service.ts';
import { isActive, type Task } from '../task.ts';
import type { Timers } from '../timers.ts';
import { reconcile } from './reconcile.ts';
import type { TaskRunner } from './task-runner.ts';

/** Brings a service's tasks to its task template, some at a time, and tells of it in the service's UpdateStatus. */
export interface RollingUpdate {
  /** Begins anew with what the spec says now; a run under way ends. */
  restart(service: Service): void;
}

/** @param stepMs how long the tasks of one step are watched before the next; the spec's Monitor and Delay are not obeyed */
export function createRollingUpdate(
  cluster: Cluster,
  timers: Timers,
  tasks: TaskRunner,
  stepMs: number,
): RollingUpdate {
  const runs = new Map<string, symbol>();

  function restart(service: Service): void {
    const run = Symbol(service.id);
    runs.set(service.id, run);
    const isCurrent = () => runs.get(service.id) === run && cluster.has(service);
    reconcile(cluster, tasks, service);
    // Not before the request that brought the change has its answer: the real one reports a moment later as well.
    timers.after(0, () => {
      if (isCurrent()) advance(service, isCurrent);
    });
  }

  function advance(service: Service, isCurrent: () => boolean): void {
    const outdated = cluster.tasksOf(service).filter((task) => isOutdated(task, service));
    if (outdated.length === 0) {
      complete(service);
      return;
    }
    if (service.updateStatus === undefined) {
      report(service, { State: 'updating', Message: 'update in progress' });
    }
    const parallelism = configOf(service)?.Parallelism ?? 1;
    const step = outdated.slice(0, parallelism || outdated.length).map((task) => {
      tasks.stop(task, 'shutdown');
      return tasks.start(service, task.slot);
    });
    watch(service, step, isCurrent);
  }

  function watch(service: Service, step: readonly Task[], isCurrent: () => boolean): void {
    timers.after(stepMs, () => {
      if (!isCurrent()) return;
      const failed = step.find(({ status }) => status.State === 'failed');
      const isWaiting = step.some((task) => isActive(task) && task.status.State !== 'running');
      if (failed) fail(service, failed, isCurrent);
      else if (isWaiting) watch(service, step, isCurrent);
      else advance(service, isCurrent);
    });
  }

  function fail(service: Service, { id }: Task, isCurrent: () => boolean): void {
    const cause = `due to failure or early termination of task ${id}`;
    const action = configOf(service)?.FailureAction ?? 'pause';
    if (action === 'continue') {
      advance(service, isCurrent);
    } else if (isRollback(service)) {
      report(service, { State: 'rollback_paused', Message: `rollback paused ${cause}` });
    } else if (action === 'rollback' && service.previousSpec !== undefined) {
      cluster.changeService(service, { spec: service.previousSpec, previousSpec: undefined });
      report(service, { State: 'rollback_started', Message: `update rolled back ${cause}` });
      restart(service);
    } else {
      report(service, { State: 'paused', Message: `update paused ${cause}` });
    }
  }

  function complete(service: Service): void {
    const { State: state } = service.updateStatus ?? {};
    if (state === 'updating')
      report(service, { State: 'completed', CompletedAt: now(), Message: 'update completed' });
    if (state === 'rollback_started')
      report(service, { State: 'rollback_completed', CompletedAt: now(), Message: 'rollback completed' });
  }

  function report(service: Service, status: Omit<UpdateStatus, 'StartedAt'>): void {
    const { StartedAt = now() } = service.updateStatus ?? {};
    cluster.changeService(service, { updateStatus: { StartedAt, ...status } });
  }

  return { restart };
}

const isOutdated = (task: Task, { spec }: Service) =>
  isActive(task) && task.template.canonical !== spec.template.canonical;

const isRollback = ({ updateStatus }: Service) => updateStatus?.State === 'rollback_started';

const configOf = (service: Service) =>
  isRollback(service) ? service.spec.fields.RollbackConfig : service.spec.fields.UpdateConfig;
