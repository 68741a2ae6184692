import Docker from 'dockerode';
import type { DockerHost } from '#core/swarm/docker-host.ts';

/** The service that the demo scales: its own, under a name that nobody else uses. */
export interface TutorialService {
  readonly name: string;
  setLabel(key: string, value: string): Promise<void>;
  /** Begins a rolling update that takes longer than the demo. */
  beginUpdate(): Promise<void>;
  remove(): Promise<void>;
}

const LABELS = {
  'com.df.scaleMin': '2',
  'com.df.scaleMax': '5',
  'com.df.scaleUpBy': '2',
  'com.df.scaleDownBy': '1',
};

/** Its tasks fit on no node, so that no container is started and no image pulled, whatever the count. */
const TASK_TEMPLATE = {
  ContainerSpec: { Image: 'go-demo:1' },
  Placement: { Constraints: ['node.labels.never==1'] },
};

/** Creates the service with three replicas and the tutorial's labels. */
export async function createTutorialService(
  { options }: DockerHost,
  suffix: string,
): Promise<TutorialService> {
  const docker = new Docker(options);
  const name = `go-demo_main${suffix}`;
  const { id } = (await docker.createService({
    Name: name,
    Labels: LABELS,
    TaskTemplate: TASK_TEMPLATE,
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: { Parallelism: 1, Order: 'stop-first', Monitor: 600_000_000_000 },
  })) as unknown as { id: string };
  const service = docker.getService(id);

  const change = async (mend: (spec: Docker.ServiceSpec) => Docker.ServiceSpec): Promise<void> => {
    const { Spec, Version } = await service.inspect();
    await service.update({ _query: { version: Version.Index }, _body: mend(Spec) });
  };

  return {
    name,
    setLabel: (key, value) => change((spec) => ({ ...spec, Labels: { ...spec.Labels, [key]: value } })),
    beginUpdate: () =>
      change((spec) => ({
        ...spec,
        TaskTemplate: { ...TASK_TEMPLATE, ContainerSpec: { Image: 'go-demo:2' } },
      })),
    async remove() {
      await service.remove();
    },
  };
}
