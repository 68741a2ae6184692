import type { PrivateEngine } from '../support/private-engine.ts';

export const DEMO = 'go-demo_main';
const LOAD = 'load';

/** The tutorial's service in the Swarm, and what an operator does with it. */
export interface DemoService {
  /** The count that Swarm was asked for. */
  replicas(): Promise<number>;
  runningTasks(): Promise<number>;
  setLabel(key: string, value: string): Promise<void>;
  /** Lets slow requests come from the same network until `stopLoad`. */
  startLoad(): Promise<void>;
  stopLoad(): Promise<void>;
}

export function createDemoService({ docker }: PrivateEngine): DemoService {
  const request = `wget -q -O /dev/null "http://${DEMO}:8080/demo/hello?delay=400"`;
  return {
    replicas: async () =>
      Number(await docker('service', 'inspect', '--format', '{{.Spec.Mode.Replicated.Replicas}}', DEMO)),
    runningTasks: async () => {
      const states = await docker(
        ...['service', 'ps', '--filter', 'desired-state=running', '--format', '{{.CurrentState}}', DEMO],
      );
      return states.split('\n').filter((state) => state.startsWith('Running')).length;
    },
    async setLabel(key, value) {
      await docker('service', 'update', '--detach', '--label-add', `${key}=${value}`, DEMO);
    },
    async startLoad() {
      await docker(
        ...['service', 'create', '--detach', '--no-resolve-image', '--name', LOAD, '--network', 'monitor'],
        ...['--endpoint-mode', 'dnsrr', '--replicas', '2', '--stop-grace-period', '1s'],
        ...['node:24-alpine', 'sh', '-c', `while true; do ${request}; done`],
      );
    },
    async stopLoad() {
      await docker('service', 'rm', LOAD);
    },
  };
}
