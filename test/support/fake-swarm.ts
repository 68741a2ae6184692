import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CallOptions,
  type Service,
  type Swarm,
  SwarmError,
  type SwarmErrorKind,
  type SwarmEvents,
} from '#core/swarm/swarm.ts';
import { serviceOf } from './service.ts';

/**
 * What goes wrong with one call. It is handed the call itself, which it may make, or not, or make later; whatever it throws
 * is what the caller gets.
 */
export type Fault = (make: () => void, options: CallOptions, swarm: FakeSwarm) => void | Promise<void>;

/** A Swarm in memory with the version check of a real one, and with faults to come, one for each call of a kind. */
export interface FakeSwarm extends Swarm, SwarmEvents {
  /** `inspect web`, `update web`: what was called, in order. */
  readonly calls: readonly string[];
  readonly inspectFaults: Fault[];
  readonly updateFaults: Fault[];
  readonly listFaults: Fault[];
  /** How many are listening to its events. */
  listeners(): number;
  /** Cuts off whoever is listening. */
  endEvents(): void;
  get(name: string): Service;
  /** Somebody else's change of a service. */
  change(name: string, parts: Partial<Service>): void;
  remove(name: string): void;
}

export function createFakeSwarm(...services: readonly Partial<Service>[]): FakeSwarm {
  const byName = new Map(services.map((parts) => [serviceOf(parts).name, serviceOf(parts)]));
  const calls: string[] = [];
  const events = new EventEmitter();

  const get = (name: string): Service => {
    const service = byName.get(name);
    if (service === undefined) throw new SwarmError('not-found', `service ${name} not found`);
    return service;
  };
  const change = (name: string, parts: Partial<Service>) => {
    const { version, labels } = get(name);
    byName.set(name, { ...get(name), previousLabels: labels, ...parts, version: version + 1 });
    events.emit('change');
  };

  const swarm: FakeSwarm = {
    calls,
    inspectFaults: [],
    updateFaults: [],
    listFaults: [],
    listeners: () => events.listenerCount('change'),
    endEvents: () => void events.emit('end'),
    get,
    change,
    remove(name) {
      byName.delete(name);
      events.emit('change');
    },
    async inspectService(name, options) {
      calls.push(`inspect ${name}`);
      await swarm.inspectFaults.shift()?.(() => {}, options, swarm);
      return get(name);
    },
    async updateService({ name, version }, { replicas, label }, options) {
      calls.push(`update ${name}`);
      const make = () => {
        if (get(name).version !== version) throw new SwarmError('conflict', 'update out of sequence');
        change(name, { replicas, labels: { ...get(name).labels, [label.key]: label.value } });
      };
      const fault = swarm.updateFaults.shift();
      await (fault ? fault(make, options, swarm) : make());
    },
    async listServices(options) {
      calls.push('list');
      await swarm.listFaults.shift()?.(() => {}, options, swarm);
      return [...byName.values()];
    },
    async checkManager() {},
    async watchServices(onChange, signal) {
      events.on('change', onChange);
      onChange();
      try {
        await once(events, 'end', { signal });
      } catch {
        return;
      } finally {
        events.off('change', onChange);
      }
      throw new SwarmError('unanswered', 'The engine ended its stream of events');
    },
  };
  return swarm;
}

/** The call fails in this way, and nothing was changed. */
export const fails =
  (kind: SwarmErrorKind): Fault =>
  () => {
    throw new SwarmError(kind, kind);
  };

/** No answer within the time that the call was given; nothing was changed. */
export const hangs: Fault = async (_, { timeoutMs }) => {
  await sleep(timeoutMs);
  throw new SwarmError('unanswered', `no answer within ${timeoutMs} ms`);
};

/** The change is made, but the answer does not arrive. */
export const losesAnswer: Fault = (make) => {
  make();
  throw new SwarmError('unanswered', 'socket hang up');
};

/** Somebody else's change comes first; the call itself then fails as on a real engine. */
export const losesRace =
  (name: string, parts: Partial<Service>): Fault =>
  (make, _, swarm) => {
    swarm.change(name, parts);
    make();
  };
