/** Shortcuts over what a service's containers use, as cAdvisor reports it. */
import { defineShortcut, type ShortcutTable } from './shortcut.ts';
import { number, range, ratio } from './values.ts';

export const RESOURCES: ShortcutTable = new Map([
  [
    '@service_mem_limit',
    defineShortcut({ ratio }, ({ service }, { ratio }) => ({
      expr: `container_memory_usage_bytes${of(service)} / ${memoryLimit(service)} > ${ratio}`,
      summary: `Memory of the service ${service} is over ${ratio}`,
      labels: {},
    })),
  ],
  [
    '@service_mem_limit_nobuff',
    defineShortcut({ ratio }, ({ service }, { ratio }) => ({
      expr:
        `(container_memory_usage_bytes${of(service)} - container_memory_cache${of(service)})` +
        ` / ${memoryLimit(service)} > ${ratio}`,
      summary: `Memory without buffer of the service ${service} is over ${ratio}`,
      labels: {},
    })),
  ],
  [
    '@cpu_above',
    defineShortcut({ ratio: number, range }, ({ service }, { ratio, range }) => ({
      expr: `${cpu(service, range)} > ${ratio}`,
      summary: `CPU usage of the service ${service} is above ${ratio}`,
      labels: { scale: 'up', type: 'service' },
    })),
  ],
  [
    '@cpu_below',
    defineShortcut({ ratio: number, range }, ({ service }, { ratio, range }) => ({
      expr: `${cpu(service, range)} < ${ratio}`,
      summary: `CPU usage of the service ${service} is below ${ratio}`,
      labels: { scale: 'down', type: 'service' },
    })),
  ],
]);

const of = (service: string): string => `{container_label_com_docker_swarm_service_name="${service}"}`;

/** cAdvisor reports a limit of 0 where there is none, and a division by 0 would be above any ratio. */
const memoryLimit = (service: string): string => `(container_spec_memory_limit_bytes${of(service)} > 0)`;

/**
 * The mean over the containers of used CPU time against the limit of each; a container without a limit has no quota in
 * cAdvisor, so that its usage stands as it is, against one core.
 */
function cpu(service: string, range: string): string {
  const used = `sum by (id) (rate(container_cpu_usage_seconds_total${of(service)}[${range}]))`;
  const limit = `sum by (id) (container_spec_cpu_quota${of(service)} / container_spec_cpu_period${of(service)})`;
  return `avg(${used} / ${limit} or ${used})`;
}
