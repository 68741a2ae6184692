import type { Cluster } from '../cluster.ts';
import { EngineError, notAManager, notFound } from '../engine-error.ts';
import { describeNode } from '../node.ts';
import { describeEvent } from '../service-events.ts';
import { describeTask } from '../task.ts';
import { passes, readFilters } from './filters.ts';
import { type Answer, type Call, ok, type Route } from './router.ts';

const VERSION = {
  Version: '20.10.24',
  ApiVersion: '1.41',
  MinAPIVersion: '1.12',
  Os: 'linux',
  Arch: 'amd64',
  Platform: { Name: 'embedded swarm (simulated)' },
};

const TASK_STATES = ['running', 'shutdown', 'accepted'];

/** Everything but the services: the engine, its node, tasks and events. */
export function clusterRoutes(cluster: Cluster): readonly Route[] {
  const requireManager = () => {
    if (!cluster.isManager) throw notAManager();
  };

  function info(): Answer {
    const { isManager, node } = cluster;
    return okJson({
      ID: node.id,
      Name: node.hostname,
      ServerVersion: VERSION.Version,
      Swarm: {
        NodeID: isManager ? node.id : '',
        NodeAddr: isManager ? '127.0.0.1' : '',
        LocalNodeState: isManager ? 'active' : 'inactive',
        ControlAvailable: isManager,
        Error: '',
        ...(isManager && { Nodes: 1, Managers: 1 }),
      },
    });
  }

  function nodes({ query }: Call): Answer {
    requireManager();
    const { node, createdAt } = cluster;
    const filters = readFilters(query, ['id', 'name', 'role']);
    const isWanted =
      passes(filters, 'id', (value) => node.id.startsWith(value)) &&
      passes(filters, 'name', (value) => node.hostname.startsWith(value)) &&
      passes(filters, 'role', (value) => value === 'manager');
    return okJson(isWanted ? [describeNode(node, createdAt)] : []);
  }

  function tasks({ query }: Call): Answer {
    requireManager();
    const filters = readFilters(query, ['desired-state', 'id', 'name', 'service']);
    const unknownState = filters.get('desired-state')?.find((value) => !TASK_STATES.includes(value));
    if (unknownState !== undefined)
      throw new EngineError(400, `Invalid desired-state filter: '${unknownState}'`);
    const serviceIds = filters.get('service')?.map((value) => findExactly(value));
    const found = cluster.tasks.filter(
      (task) =>
        (serviceIds?.includes(task.serviceId) ?? true) &&
        passes(filters, 'id', (value) => task.id.startsWith(value)) &&
        passes(filters, 'desired-state', (value) => task.desiredState === value),
    );
    return ok(`[${found.map(describeTask).join(',')}]`);
  }

  /** Unlike `GET /services/{id}`, the filter does not take the beginning of an ID. */
  function findExactly(nameOrId: string): string {
    const service = cluster.findService(nameOrId);
    if (![service.id, service.spec.fields.Name].includes(nameOrId)) throw notFound('service', nameOrId);
    return service.id;
  }

  function events({ query }: Call): Answer {
    const filters = readFilters(query, ['type', 'event', 'scope']);
    const isOfServices =
      passes(filters, 'type', (value) => value === 'service') &&
      passes(filters, 'scope', (value) => value === 'swarm');
    return {
      stream: (write) =>
        cluster.onEvent((event) => {
          if (isOfServices && passes(filters, 'event', (value) => value === event.action))
            write(describeEvent(event));
        }),
    };
  }

  return [
    { method: 'GET', path: /^\/_ping$/, answer: () => ok('OK') },
    { method: 'HEAD', path: /^\/_ping$/, answer: () => ok('') },
    { method: 'GET', path: /^\/version$/, answer: () => okJson(VERSION) },
    { method: 'GET', path: /^\/info$/, answer: info },
    { method: 'GET', path: /^\/nodes$/, answer: nodes },
    { method: 'GET', path: /^\/networks$/, answer: () => okJson([]) },
    { method: 'GET', path: /^\/tasks$/, answer: tasks },
    { method: 'GET', path: /^\/events$/, answer: events },
  ];
}

const okJson = (value: unknown): Answer => ok(JSON.stringify(value));
