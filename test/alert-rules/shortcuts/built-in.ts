/** What each built-in shortcut stands for, on a service S of 3 replicas; also the table of docs/alert-rules.md. */
interface BuiltIn {
  readonly shortcut: string;
  readonly expr: string;
  readonly summary: string;
  readonly labels: Readonly<Record<string, string>>;
}

const UP = { scale: 'up', type: 'service' };
const DOWN = { scale: 'down', type: 'service' };

export const BUILT_IN: readonly BuiltIn[] = [
  {
    shortcut: '@resp_time_above:0.1,5m,0.99',
    expr: 'sum(rate(http_server_resp_time_bucket{job="S",le="0.1"}[5m])) / sum(rate(http_server_resp_time_count{job="S"}[5m])) < 0.99',
    summary: 'Response time of the service S is above 0.1',
    labels: UP,
  },
  {
    shortcut: '@resp_time_below:0.025,5m,0.75',
    expr: 'sum(rate(http_server_resp_time_bucket{job="S",le="0.025"}[5m])) / sum(rate(http_server_resp_time_count{job="S"}[5m])) > 0.75',
    summary: 'Response time of the service S is below 0.025',
    labels: DOWN,
  },
  {
    shortcut: '@resp_time_server_error:5m,0.001',
    expr: 'sum(rate(http_server_resp_time_count{job="S",code=~"5.."}[5m])) / sum(rate(http_server_resp_time_count{job="S"}[5m])) > 0.001',
    summary: 'Error rate of the service S is above 0.001',
    labels: { type: 'errors' },
  },
  {
    shortcut: '@idle:5m',
    expr: '(sum(rate(http_server_resp_time_count{job="S"}[5m])) or 0 * sum(up{job="S"} offset 5m)) == 0 and min(up{job="S"}) == 1',
    summary: 'The service S got no request for 5m',
    labels: DOWN,
  },
  {
    shortcut: '@requests_above:20,1m',
    expr: 'sum(rate(http_server_resp_time_count{job="S"}[1m])) / count(up{job="S"} == 1) > 20',
    summary: 'Requests per second and replica of the service S are above 20',
    labels: UP,
  },
  {
    shortcut: '@requests_below:5,10m',
    expr: '(sum(rate(http_server_resp_time_count{job="S"}[10m])) or 0 * sum(up{job="S"} offset 10m)) / count(up{job="S"} == 1) < 5',
    summary: 'Requests per second and replica of the service S are below 5',
    labels: DOWN,
  },
  {
    shortcut: '@cpu_above:0.8,2m',
    expr: 'avg(sum by (id) (rate(container_cpu_usage_seconds_total{container_label_com_docker_swarm_service_name="S"}[2m])) / sum by (id) (container_spec_cpu_quota{container_label_com_docker_swarm_service_name="S"} / container_spec_cpu_period{container_label_com_docker_swarm_service_name="S"}) or sum by (id) (rate(container_cpu_usage_seconds_total{container_label_com_docker_swarm_service_name="S"}[2m]))) > 0.8',
    summary: 'CPU usage of the service S is above 0.8',
    labels: UP,
  },
  {
    shortcut: '@cpu_below:0.2,10m',
    expr: 'avg(sum by (id) (rate(container_cpu_usage_seconds_total{container_label_com_docker_swarm_service_name="S"}[10m])) / sum by (id) (container_spec_cpu_quota{container_label_com_docker_swarm_service_name="S"} / container_spec_cpu_period{container_label_com_docker_swarm_service_name="S"}) or sum by (id) (rate(container_cpu_usage_seconds_total{container_label_com_docker_swarm_service_name="S"}[10m]))) < 0.2',
    summary: 'CPU usage of the service S is below 0.2',
    labels: DOWN,
  },
  {
    shortcut: '@queue_above:my_queue_length,100',
    expr: 'max(my_queue_length) > 100',
    summary: 'The queue my_queue_length of the service S is above 100',
    labels: UP,
  },
  {
    shortcut: '@service_mem_limit:0.8',
    expr: 'container_memory_usage_bytes{container_label_com_docker_swarm_service_name="S"} / (container_spec_memory_limit_bytes{container_label_com_docker_swarm_service_name="S"} > 0) > 0.8',
    summary: 'Memory of the service S is over 0.8',
    labels: {},
  },
  {
    shortcut: '@service_mem_limit_nobuff:0.8',
    expr: '(container_memory_usage_bytes{container_label_com_docker_swarm_service_name="S"} - container_memory_cache{container_label_com_docker_swarm_service_name="S"}) / (container_spec_memory_limit_bytes{container_label_com_docker_swarm_service_name="S"} > 0) > 0.8',
    summary: 'Memory without buffer of the service S is over 0.8',
    labels: {},
  },
  {
    shortcut: '@node_mem_limit:0.8',
    expr: '(sum by (instance) (node_memory_MemTotal_bytes{job="S"}) - sum by (instance) (node_memory_MemFree_bytes{job="S"} + node_memory_Buffers_bytes{job="S"} + node_memory_Cached_bytes{job="S"})) / sum by (instance) (node_memory_MemTotal_bytes{job="S"}) > 0.8',
    summary: 'Memory of a node is over 0.8',
    labels: {},
  },
  {
    shortcut: '@node_mem_limit_total_above:0.8',
    expr: '(sum(node_memory_MemTotal_bytes{job="S"}) - sum(node_memory_MemFree_bytes{job="S"} + node_memory_Buffers_bytes{job="S"} + node_memory_Cached_bytes{job="S"})) / sum(node_memory_MemTotal_bytes{job="S"}) > 0.8',
    summary: 'Total memory of the nodes is over 0.8',
    labels: { scale: 'up', type: 'node' },
  },
  {
    shortcut: '@node_mem_limit_total_below:0.4',
    expr: '(sum(node_memory_MemTotal_bytes{job="S"}) - sum(node_memory_MemFree_bytes{job="S"} + node_memory_Buffers_bytes{job="S"} + node_memory_Cached_bytes{job="S"})) / sum(node_memory_MemTotal_bytes{job="S"}) < 0.4',
    summary: 'Total memory of the nodes is below 0.4',
    labels: { scale: 'down', type: 'node' },
  },
  {
    shortcut: '@node_fs_limit:0.8',
    expr: '(node_filesystem_size_bytes{job="S",fstype!~"autofs|devtmpfs|erofs|fuse[.].*|iso9660|nsfs|overlay|ramfs|rootfs|squashfs|tmpfs"} - node_filesystem_free_bytes{job="S",fstype!~"autofs|devtmpfs|erofs|fuse[.].*|iso9660|nsfs|overlay|ramfs|rootfs|squashfs|tmpfs"}) / node_filesystem_size_bytes{job="S",fstype!~"autofs|devtmpfs|erofs|fuse[.].*|iso9660|nsfs|overlay|ramfs|rootfs|squashfs|tmpfs"} > 0.8',
    summary: 'Disk usage of a node is over 0.8',
    labels: {},
  },
  {
    shortcut: '@replicas_running',
    expr: '(sum(up{job="S"}) or vector(0)) != 3',
    summary: 'The number of running replicas of the service S is not 3',
    labels: { scale: 'up', type: 'node' },
  },
  {
    shortcut: '@replicas_less_than',
    expr: '(sum(up{job="S"}) or vector(0)) < 3',
    summary: 'The number of running replicas of the service S is less than 3',
    labels: { scale: 'up', type: 'node' },
  },
  {
    shortcut: '@replicas_more_than',
    expr: '(sum(up{job="S"}) or vector(0)) > 3',
    summary: 'The number of running replicas of the service S is more than 3',
    labels: { scale: 'down', type: 'node' },
  },
];
