import { createHttpClient } from './http-client.ts';

/** The raw engine: GET the service, POST it back with another count. Nothing is checked, nothing is decided. */
export interface BareClient {
  step(service: string, by: 1 | -1): Promise<void>;
  replicas(service: string): Promise<number>;
  create(service: string): Promise<void>;
  remove(service: string): Promise<void>;
}

const MAX_REPLICAS = 1000;

export function createBareClient(socketPath: string): BareClient {
  const call = createHttpClient({ socketPath });
  const must = async (method: string, path: string, body?: string): Promise<string> => {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.body;
  };
  const inspect = async (service: string) => JSON.parse(await must('GET', `/services/${service}`));
  return {
    async step(service, by) {
      const { ID, Version, Spec } = await inspect(service);
      Spec.Mode.Replicated.Replicas += by;
      await must('POST', `/services/${ID}/update?version=${Version.Index}`, JSON.stringify(Spec));
    },
    async replicas(service) {
      return (await inspect(service)).Spec.Mode.Replicated.Replicas;
    },
    /** Its tasks fit on no node: no container is started, whatever the count. */
    async create(service) {
      const spec = {
        Name: service,
        Labels: { 'com.df.scaleMax': String(MAX_REPLICAS) },
        TaskTemplate: {
          ContainerSpec: { Image: 'bench:1' },
          Placement: { Constraints: ['node.labels.never==1'] },
        },
        Mode: { Replicated: { Replicas: 10 } },
      };
      await must('POST', '/services/create', JSON.stringify(spec));
    },
    async remove(service) {
      await must('DELETE', `/services/${service}`);
    },
  };
}
