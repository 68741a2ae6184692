/** The series of the service `api`, as it and cAdvisor and the node exporter name them. */
import type { Series } from '../promtool.ts';
import { always } from './case.ts';

export const count = (labels = ''): string => `http_server_resp_time_count{job="api"${labels}}`;
export const bucket = (le: string, labels = ''): string =>
  `http_server_resp_time_bucket{job="api",le="${le}"${labels}}`;
export const up = (instance: string, job = 'api'): string => `up{job="${job}",instance="${instance}"}`;

export const container = (metric: string, id = 'a', more = '', service = 'api'): string =>
  `${metric}{container_label_com_docker_swarm_service_name="${service}",id="/docker/${id}"${more}}`;
export const cpu = (id: string, core = 'total'): string =>
  container('container_cpu_usage_seconds_total', id, `,cpu="${core}"`);
export const halfACore = (id: string): Series => ({
  [container('container_spec_cpu_quota', id)]: always(50_000),
  [container('container_spec_cpu_period', id)]: always(100_000),
});
export const memory = (usage: number, limit: number, cache = 0): Series => ({
  [container('container_memory_usage_bytes')]: always(usage),
  [container('container_memory_cache')]: always(cache),
  [container('container_spec_memory_limit_bytes')]: always(limit),
});

export const node = (instance: string, free: number): Series => ({
  [`node_memory_MemTotal_bytes{job="api",instance="${instance}"}`]: always(100),
  [`node_memory_MemFree_bytes{job="api",instance="${instance}"}`]: always(free),
  [`node_memory_Buffers_bytes{job="api",instance="${instance}"}`]: always(5),
  [`node_memory_Cached_bytes{job="api",instance="${instance}"}`]: always(5),
});
export const disk = (fstype: string, free: number, mountpoint = '/'): Series => ({
  [`node_filesystem_size_bytes{job="api",fstype="${fstype}",mountpoint="${mountpoint}"}`]: always(100),
  [`node_filesystem_free_bytes{job="api",fstype="${fstype}",mountpoint="${mountpoint}"}`]: always(free),
});

export const replicas = (...states: readonly number[]): Series =>
  Object.fromEntries(states.map((state, index) => [up(`replica-${index}`), always(state)]));
