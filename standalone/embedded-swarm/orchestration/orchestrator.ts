import type { Cluster } from '../cluster.ts';
import { isJob, type Service } from '../service.ts';
import type { Task } from '../task.ts';
import type { Timers } from '../timers.ts';
import { reconcile } from './reconcile.ts';
import { createRollingUpdate } from './rolling-update.ts';
import { createTaskRunner } from './task-runner.ts';

/** Lets the tasks follow the services. */
export interface Orchestrator {
  /** To be called after a service was created or its spec was changed. */
  follow(service: Service): void;
  /** To be called after a service was removed. */
  forget(service: Service): void;
}

export interface Pace {
  /** How long a task takes to start or to stop. */
  readonly taskStartMs: number;
  /** How long one step of a rolling update takes. */
  readonly updateStepMs: number;
}

export function createOrchestrator(
  cluster: Cluster,
  timers: Timers,
  { taskStartMs, updateStepMs }: Pace,
): Orchestrator {
  const tasks = createTaskRunner(cluster, timers, { startMs: taskStartMs, onFailure: startAgain });
  const rollingUpdate = createRollingUpdate(cluster, timers, tasks, updateStepMs);

  function startAgain({ serviceId, template }: Task): void {
    timers.after(template.restartDelayMs, () => {
      const service = cluster.services.find(({ id }) => id === serviceId);
      if (service !== undefined) reconcile(cluster, tasks, service);
    });
  }

  const removeTasks = (service: Service) => {
    for (const task of cluster.tasksOf(service)) tasks.stop(task, 'remove');
  };

  return {
    follow(service) {
      // Every update of a job runs it anew.
      if (isJob(service.spec)) removeTasks(service);
      rollingUpdate.restart(service);
    },
    forget: removeTasks,
  };
}
