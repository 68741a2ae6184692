/** The Swarm as the functions need it: a narrow port with types of its own. */

/** How Swarm runs a service; only `replicated` has a count that can be moved. */
export type ServiceMode = 'replicated' | 'global' | 'replicated-job' | 'global-job';

/**
 * A rolling update or rollback, as Swarm's orchestrator reports it. `pending` is ours: the new task template is stored
 * but the orchestrator has not begun with it, so that the report is still missing.
 */
export interface UpdateStatus {
  readonly state:
    | 'pending'
    | 'updating'
    | 'paused'
    | 'completed'
    | 'rollback_started'
    | 'rollback_paused'
    | 'rollback_completed';
  /** Milliseconds since the epoch; undefined where the engine does not say. */
  readonly startedAt: number | undefined;
}

/** A service at one version of it. */
export interface Service {
  readonly id: string;
  readonly name: string;
  /** What an update must name; any change of the service makes a new one. */
  readonly version: number;
  readonly mode: ServiceMode;
  /** The count asked for, not that of running tasks; 0 for modes that have none. */
  readonly replicas: number;
  /** The service's own labels, not its containers'. */
  readonly labels: Readonly<Record<string, string>>;
  readonly update: UpdateStatus | undefined;
  /** The labels before the last update of the service. */
  readonly previousLabels: Readonly<Record<string, string>>;
  /** The engine's answer, byte for byte: what an update is made from. */
  readonly raw: string;
}

/** What a list of services says of each. */
export type ListedService = Pick<Service, 'name' | 'mode' | 'replicas' | 'labels'>;

/** The only two things that an update of ours changes. */
export interface ServiceChange {
  readonly replicas: number;
  readonly label: { readonly key: string; readonly value: string };
}

/** How long the engine may take for one call, in milliseconds. */
export interface CallOptions {
  readonly timeoutMs: number;
}

export interface Swarm {
  /** @throws {SwarmError} `not-found` when no service has exactly this name or ID, and the kinds of a failing engine */
  inspectService(nameOrId: string, options: CallOptions): Promise<Service>;
  /**
   * Applies the change to the version that `service` was read at, and to no other.
   * @throws {SwarmError} `conflict` when the service has changed since; `unanswered` when it is not known whether the change was made
   */
  updateService(service: Service, change: ServiceChange, options: CallOptions): Promise<void>;
  /** Every service, in no particular order. @throws {SwarmError} */
  listServices(options: CallOptions): Promise<readonly ListedService[]>;
  /** Resolves when the engine answers as a manager of a Swarm. @throws {SwarmError} */
  checkManager(options: CallOptions): Promise<void>;
}

/** What happens in a Swarm, as it happens. */
export interface SwarmEvents {
  /**
   * Calls `onChange` as soon as the engine's events are heard, and from then on after each creation, change and removal of a
   * service; what was before has to be asked for.
   * @returns once `signal` is aborted
   * @throws {SwarmError} when the engine cannot be heard, or no longer
   */
  watchServices(onChange: () => void, signal: AbortSignal): Promise<void>;
}

/**
 * - `not-found`: there is no such service
 * - `conflict`: somebody else was first; nothing was changed
 * - `refused`: the engine does not want this change or caller (4xx); nothing was changed
 * - `not-a-manager`: the engine answers, but is no manager of a Swarm; nothing was changed
 * - `unreachable`: no connection was made; nothing was changed
 * - `unanswered`: the engine failed, hung or hung up in the middle; a change may or may not have been made
 */
export type SwarmErrorKind =
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'not-a-manager'
  | 'unreachable'
  | 'unanswered';

/** What went wrong between us and the engine; `message` carries the engine's own words. */
export class SwarmError extends Error {
  override readonly name = 'SwarmError';
  readonly kind: SwarmErrorKind;

  constructor(kind: SwarmErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
