import type { Cluster } from '../cluster.ts';
import { modeOf, type Service, wantedTasks } from '../service.ts';
import { isActive, type Task } from '../task.ts';
import type { TaskRunner } from './task-runner.ts';

/** Ended tasks that are kept of a slot, to look back on. */
const HISTORY = 5;

/** Starts and stops tasks until a service has as many as it wants. */
export function reconcile(cluster: Cluster, tasks: TaskRunner, service: Service): void {
  const all = cluster.tasksOf(service);
  const taken = all.filter((task) => isActive(task) || hasEndedForGood(task));
  const surplus = taken.length - wantedTasks(service, cluster.node);
  // The youngest slots go first.
  for (const task of taken.toSorted(bySlot).slice(taken.length - Math.max(0, surplus)))
    tasks.stop(task, 'remove');
  const slots = new Set(taken.map(({ slot }) => slot));
  for (let missing = -surplus; missing > 0; missing -= 1) {
    const slot = modeOf(service.spec) === 'replicated' ? firstFree(slots) : undefined;
    slots.add(slot);
    tasks.start(service, slot);
  }
  forgetOldTasks(cluster, all);
}

const bySlot = (left: Task, right: Task) => (left.slot ?? 0) - (right.slot ?? 0);

/** A task that failed and must not be started again keeps its slot. */
const hasEndedForGood = ({ status, desiredState, template }: Task) =>
  status.State === 'failed' && desiredState === 'shutdown' && !template.restarts;

function firstFree(slots: ReadonlySet<number | undefined>): number {
  let slot = 1;
  while (slots.has(slot)) slot += 1;
  return slot;
}

function forgetOldTasks(cluster: Cluster, all: readonly Task[]): void {
  const ended = all.filter((task) => !isActive(task));
  for (const [index, task] of ended.entries()) {
    const later = ended.slice(index + 1).filter(({ slot }) => slot === task.slot);
    if (later.length >= HISTORY) cluster.removeTask(task);
  }
}
