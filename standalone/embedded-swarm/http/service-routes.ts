import { type Cluster, now } from '../cluster.ts';
import { EngineError, notAManager, outOfSequence } from '../engine-error.ts';
import type { Orchestrator } from '../orchestration/orchestrator.ts';
import { describeService, modeOf, type Service, type ServiceStatus, wantedTasks } from '../service.ts';
import { parseSpec, type Spec } from '../spec/spec.ts';
import { passes, passesLabels, readFilters } from './filters.ts';
import { type Call, ok, type Route } from './router.ts';

export function serviceRoutes(cluster: Cluster, orchestrator: Orchestrator): readonly Route[] {
  const requireManager = () => {
    if (!cluster.isManager) throw notAManager();
  };

  function list({ query }: Call) {
    requireManager();
    const filters = readFilters(query, ['id', 'label', 'mode', 'name', 'runtime']);
    const withStatus = readBoolean(query, 'status');
    const found = cluster.services.filter(
      ({ id, spec }) =>
        passes(filters, 'id', (value) => id.startsWith(value)) &&
        passes(filters, 'name', (value) => spec.fields.Name.startsWith(value)) &&
        passes(filters, 'mode', (value) => modeOf(spec) === value) &&
        passesLabels(filters, spec.fields.Labels ?? {}),
    );
    const texts = found.map((service) =>
      describeService(service, withStatus ? statusOf(service) : undefined),
    );
    return ok(`[${texts.join(',')}]`);
  }

  function statusOf(service: Service): ServiceStatus {
    const running = cluster
      .tasksOf(service)
      .filter(({ status, desiredState }) => status.State === 'running' && desiredState !== 'remove');
    return {
      RunningTasks: running.length,
      DesiredTasks: wantedTasks(service, cluster.node),
      CompletedTasks: 0,
    };
  }

  function create({ body }: Call) {
    const spec = parseSpec(body);
    requireManager();
    if (cluster.services.some((service) => service.spec.fields.Name === spec.fields.Name)) {
      throw new EngineError(
        409,
        `rpc error: code = AlreadyExists desc = name conflicts with an existing object: service ${spec.fields.Name} already exists`,
      );
    }
    const service = cluster.addService(spec);
    orchestrator.follow(service);
    return { status: 201, text: JSON.stringify({ ID: service.id }) };
  }

  function inspect({ name }: Call) {
    requireManager();
    return ok(describeService(cluster.findService(name)));
  }

  function update({ name, query, body }: Call) {
    const spec = parseSpec(body);
    const version = readVersion(query);
    requireManager();
    const service = cluster.findService(name);
    if (service.version !== version) throw outOfSequence();
    if (query.get('rollback') === 'previous') rollBack(service);
    else replaceSpec(service, spec);
    orchestrator.follow(service);
    return ok('{"Warnings":null}');
  }

  function replaceSpec(service: Service, spec: Spec): void {
    if (service.spec.fields.Name !== spec.fields.Name)
      throw unimplemented('renaming services is not supported');
    if (modeOf(service.spec) !== modeOf(spec)) throw unimplemented('service mode change is not allowed');
    cluster.changeService(service, {
      spec,
      previousSpec: service.spec,
      updateStatus: undefined,
      jobIteration: service.jobIteration === undefined ? undefined : service.jobIteration + 1,
    });
  }

  function rollBack(service: Service): void {
    if (service.previousSpec === undefined) {
      throw new EngineError(
        400,
        `rpc error: code = FailedPrecondition desc = service ${service.id} does not have a previous spec`,
      );
    }
    cluster.changeService(service, {
      spec: service.previousSpec,
      previousSpec: service.spec,
      updateStatus: {
        State: 'rollback_started',
        StartedAt: now(),
        Message: 'manually requested rollback',
      },
    });
  }

  function remove({ name }: Call) {
    requireManager();
    const service = cluster.findService(name);
    cluster.removeService(service);
    orchestrator.forget(service);
    return ok('');
  }

  return [
    { method: 'GET', path: /^\/services$/, answer: list },
    { method: 'POST', path: /^\/services\/create$/, answer: create },
    { method: 'GET', path: /^\/services\/([^/]+)$/, answer: inspect },
    { method: 'POST', path: /^\/services\/([^/]+)\/update$/, answer: update },
    { method: 'DELETE', path: /^\/services\/([^/]+)$/, answer: remove },
  ];
}

const unimplemented = (words: string) =>
  new EngineError(501, `rpc error: code = Unimplemented desc = ${words}`);

function readVersion(query: URLSearchParams): number {
  const version = query.get('version') ?? '';
  if (/^\d+$/.test(version)) return Number(version);
  throw new EngineError(
    400,
    `invalid service version '${version}': strconv.ParseUint: parsing "${version}": invalid syntax`,
  );
}

function readBoolean(query: URLSearchParams, key: string): boolean {
  const value = query.get(key) ?? '';
  if (/^(?:1|t|true)$/i.test(value)) return true;
  if (/^(?:|0|f|false)$/i.test(value)) return false;
  throw new EngineError(
    400,
    `invalid value for ${key}: ${value}: strconv.ParseBool: parsing "${value}": invalid syntax`,
  );
}
