import { EngineError, notFound } from './engine-error.ts';
import { newId } from './ids.ts';
import type { SwarmNode } from './node.ts';
import { isJob, type Service } from './service.ts';
import type { ServiceEvent } from './service-events.ts';
import { changeAttributes } from './service-events.ts';
import type { Spec } from './spec/spec.ts';
import type { Task } from './task.ts';

type Changes<T> = Partial<Omit<T, 'id' | 'version' | 'createdAt' | 'updatedAt'>>;

/**
 * What the swarm knows: its node, services and tasks, in memory. Each change of an object gives it the next number of one
 * counter as its version, as Swarm's Raft log does. It holds, and tells of changes; it decides nothing.
 */
export class Cluster {
  readonly node: SwarmNode = { id: newId(), hostname: 'embedded' };
  readonly createdAt = now();
  /** Once false, the engine answers that it is no Swarm manager. */
  isManager = true;
  readonly #services = new Map<string, Service>();
  readonly #tasks = new Set<Task>();
  readonly #listeners = new Set<(event: ServiceEvent) => void>();
  #lastIndex = 10;

  get services(): readonly Service[] {
    return [...this.#services.values()];
  }

  get tasks(): readonly Task[] {
    return [...this.#tasks];
  }

  has({ id }: Service): boolean {
    return this.#services.has(id);
  }

  tasksOf({ id }: Service): readonly Task[] {
    return this.tasks.filter(({ serviceId }) => serviceId === id);
  }

  /**
   * Finds as the engine does: by ID, by name, by the beginning of an ID.
   * @throws {EngineError} 404; 400 when several IDs begin so
   */
  findService(nameOrId: string): Service {
    const exact =
      this.#services.get(nameOrId) ?? this.services.find(({ spec }) => spec.fields.Name === nameOrId);
    if (exact !== undefined) return exact;
    const [first, ...others] = this.services.filter(({ id }) => id.startsWith(nameOrId));
    if (first === undefined) throw notFound('service', nameOrId);
    if (others.length === 0) return first;
    throw new EngineError(400, `service ${nameOrId} is ambiguous (${others.length + 1} matches found)`);
  }

  addService(spec: Spec): Service {
    const service: Service = {
      ...this.#newObject(),
      spec,
      previousSpec: undefined,
      updateStatus: undefined,
      jobIteration: isJob(spec) ? 0 : undefined,
    };
    this.#services.set(service.id, service);
    this.#tell('create', service);
    return service;
  }

  changeService(service: Service, changes: Changes<Service>): void {
    const before = { ...service };
    this.#change(service, changes);
    this.#tell('update', service, changeAttributes(before, service));
  }

  removeService(service: Service): void {
    this.#services.delete(service.id);
    this.#tell('remove', service);
  }

  addTask(task: Omit<Task, 'id' | 'version' | 'createdAt' | 'updatedAt'>): Task {
    const added: Task = { ...this.#newObject(), ...task };
    this.#tasks.add(added);
    return added;
  }

  changeTask(task: Task, changes: Changes<Task>): void {
    this.#change(task, changes);
  }

  removeTask(task: Task): void {
    this.#tasks.delete(task);
  }

  /** Calls the listener for each event of a service from now on, until the function that it gives back is called. */
  onEvent(listener: (event: ServiceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #newObject() {
    const createdAt = now();
    return { id: newId(), version: this.#nextIndex(), createdAt, updatedAt: createdAt };
  }

  #change<T extends Service | Task>(object: T, changes: Changes<T>): void {
    Object.assign(object, changes, { version: this.#nextIndex(), updatedAt: now() });
  }

  #nextIndex(): number {
    this.#lastIndex += 1;
    return this.#lastIndex;
  }

  #tell(action: ServiceEvent['action'], { id, spec }: Service, attributes = {}): void {
    const event = { action, id, attributes: { name: spec.fields.Name, ...attributes } };
    for (const listener of this.#listeners) listener(event);
  }
}

/** The time as the engine writes it. */
export const now = (): string => new Date().toISOString();
