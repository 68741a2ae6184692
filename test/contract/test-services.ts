import { applyEdits, findNodeAtLocation, type JSONPath, modify, parseTree } from 'jsonc-parser';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { waitFor } from '../support/wait-for.ts';
import type { EngineAnswer, EngineClient } from './engine-client.ts';

/** The engine's `GET /services/{id}`, as far as the facts are about it. */
export interface Inspected {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: Spec;
  readonly PreviousSpec?: Spec;
  readonly UpdateStatus?: { readonly State: string; readonly Message: string; readonly CompletedAt?: string };
  readonly JobStatus?: { readonly JobIteration: { readonly Index?: number } };
  readonly ServiceStatus?: { readonly RunningTasks: number; readonly DesiredTasks: number };
}

interface Spec {
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Mode: { readonly Replicated: { readonly Replicas: number } };
  readonly TaskTemplate: { readonly ContainerSpec: { readonly Image: string } };
}

export interface Task {
  readonly ID: string;
  readonly Slot?: number;
  readonly DesiredState: string;
  readonly Status: { readonly State: string; readonly Err?: string };
  readonly Spec: Spec['TaskTemplate'];
}

/** A member of a spec, and the value that it shall have. */
type Change = readonly [path: JSONPath, value: unknown];

const REPLICAS = ['Mode', 'Replicated', 'Replicas'];
const IMAGE = ['TaskTemplate', 'ContainerSpec', 'Image'];

export const toReplicas = (count: number): Change => [REPLICAS, count];
export const toImage = (image: string): Change => [IMAGE, image];
export const toLabel = (key: string, value: string): Change => [['Labels', key], value];

/** Its tasks fit on no node, so that nothing is started. */
export const NOWHERE = { Constraints: ['node.labels.never==1'] };

/** The spec of a service whose tasks fit on no node. */
export const specOf = (name: string, parts: object = {}) => ({
  Name: name,
  TaskTemplate: { ContainerSpec: { Image: SLEEP_IMAGE }, Placement: NOWHERE },
  Mode: { Replicated: { Replicas: 2 } },
  ...parts,
});

/** The spec of a service whose tasks start, and start anew at once after they failed. */
export const runningSpecOf = (name: string, parts: object = {}) => ({
  ...specOf(name),
  TaskTemplate: { ContainerSpec: { Image: SLEEP_IMAGE }, RestartPolicy: { Delay: 100_000_000 } },
  ...parts,
});

/** How an update shall go: one task after the other, each watched for a moment. */
export const BRIEFLY_WATCHED = { Parallelism: 1, Monitor: 300_000_000 };

/** The same, watched for so long that the failure of a new task is noticed on a busy machine, too. */
export const onFailure = (failureAction: 'pause' | 'rollback') => ({
  UpdateConfig: { Parallelism: 1, Monitor: 10_000_000_000, FailureAction: failureAction },
  RollbackConfig: BRIEFLY_WATCHED,
});

/** Creates, reads and changes services as clients do: what they change goes back in the text that came. */
export class TestServices {
  readonly #client: EngineClient;

  constructor(client: EngineClient) {
    this.#client = client;
  }

  /** Creates a service and gives its ID. */
  async create(spec: object): Promise<string> {
    const answer = await this.#client.post('/services/create', JSON.stringify(spec));
    if (answer.status !== 201) throw new Error(`HTTP ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text).ID;
  }

  async inspect(nameOrId: string): Promise<Inspected> {
    return JSON.parse((await this.#client.get(`/services/${nameOrId}`)).text);
  }

  /** The spec's text as the engine wrote it. */
  async specText(nameOrId: string): Promise<string> {
    return textAt((await this.#client.get(`/services/${nameOrId}`)).text, ['Spec']);
  }

  /** Changes the spec and posts it with the version that it was read with. */
  async update(nameOrId: string, ...changes: readonly Change[]): Promise<EngineAnswer> {
    const { text } = await this.#client.get(`/services/${nameOrId}`);
    const spec = changes.reduce(
      (result, [path, value]) => applyEdits(result, modify(result, [...path], value, {})),
      textAt(text, ['Spec']),
    );
    return this.post(nameOrId, JSON.parse(text).Version.Index, spec);
  }

  post(nameOrId: string, version: number | string, spec: string, query = ''): Promise<EngineAnswer> {
    return this.#client.post(`/services/${nameOrId}/update?version=${version}${query}`, spec);
  }

  async tasks(name: string): Promise<readonly Task[]> {
    return JSON.parse((await this.#client.get(`/tasks?filters=${filters({ service: [name] })}`)).text);
  }

  /** Waits until that many tasks are there, whether they run or not. */
  async waitForTasks(name: string, count: number): Promise<void> {
    await waitFor(`${count} tasks of ${name}`, async () => (await this.tasks(name)).length === count);
  }

  /** Waits until that many tasks run, and gives them. */
  waitForRunning(name: string, count: number): Promise<readonly Task[]> {
    return waitFor(`${count} running tasks of ${name}`, async () => {
      const running = (await this.tasks(name)).filter(
        ({ DesiredState, Status }) => DesiredState === 'running' && Status.State === 'running',
      );
      return running.length === count && running;
    });
  }

  waitForState(name: string, state: string): Promise<Inspected> {
    const ask = async () => {
      const service = await this.inspect(name);
      return service.UpdateStatus?.State === state && service;
    };
    return waitFor(`${name} to be ${state}`, ask, { intervalMs: 20 });
  }

  async removeAll(): Promise<void> {
    const services: Inspected[] = JSON.parse((await this.#client.get('/services')).text);
    await Promise.all(services.map(({ ID }) => this.#client.delete(`/services/${ID}`)));
  }
}

export const filters = (values: object) => encodeURIComponent(JSON.stringify(values));

export function textAt(text: string, path: JSONPath): string {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  if (node === undefined) throw new Error(`Nothing at ${path.join('.')} in ${text}`);
  return text.slice(node.offset, node.offset + node.length);
}
