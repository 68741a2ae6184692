import { type Cluster, now } from '../cluster.ts';
import { satisfies } from '../node.ts';
import { isJob, type Service } from '../service.ts';
import { isActive, type Task, type TaskStatus } from '../task.ts';
import type { Timers } from '../timers.ts';

/** Starts and stops tasks as an agent would, without containers: after a short while they run, or they fail. */
export interface TaskRunner {
  start(service: Service, slot: number | undefined): Task;
  stop(task: Task, desiredState: 'shutdown' | 'remove'): void;
}

interface Options {
  /** How long a task takes to start or to stop. */
  readonly startMs: number;
  readonly onFailure: (task: Task) => void;
}

/** A task of an image with this tag ends at once, with exit code 1. */
const FAILING_TAG = ':broken';

export function createTaskRunner(
  cluster: Cluster,
  timers: Timers,
  { startMs, onFailure }: Options,
): TaskRunner {
  return {
    start(service, slot) {
      const { template } = service.spec;
      const isPlaceable = satisfies(cluster.node, template.constraints);
      const task = cluster.addTask({
        serviceId: service.id,
        slot,
        template,
        nodeId: isPlaceable ? cluster.node.id : undefined,
        desiredState: isJob(service.spec) ? 'complete' : 'running',
        status: isPlaceable ? statusOf('preparing', 'preparing') : UNPLACEABLE(),
      });
      if (isPlaceable) timers.after(startMs, () => begin(task));
      return task;
    },
    stop(task, desiredState) {
      cluster.changeTask(task, { desiredState });
      timers.after(startMs, () => {
        if (desiredState === 'remove') cluster.removeTask(task);
        else cluster.changeTask(task, { status: statusOf('shutdown', 'shutdown') });
      });
    },
  };

  function begin(task: Task): void {
    if (!isActive(task)) return;
    if (!task.template.image.endsWith(FAILING_TAG)) {
      cluster.changeTask(task, { status: statusOf('running', 'started') });
      return;
    }
    cluster.changeTask(task, {
      desiredState: 'shutdown',
      status: { ...statusOf('failed', 'started'), Err: 'task: non-zero exit (1)' },
    });
    onFailure(task);
  }
}

const statusOf = (state: TaskStatus['State'], message: string): TaskStatus => ({
  Timestamp: now(),
  State: state,
  Message: message,
});

const UNPLACEABLE = (): TaskStatus => ({
  ...statusOf('pending', 'pending task scheduling'),
  Err: 'no suitable node (scheduling constraints not satisfied on 1 node)',
});
