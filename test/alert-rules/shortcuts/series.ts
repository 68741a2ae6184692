/** Series that must and must not fire each shortcut, for the service `api` of 3 replicas; a sample each 15 s, 20 min of them. */
import type { Series } from '../promtool.ts';

export interface Case {
  readonly alertIf: string;
  readonly when: string;
  readonly series: Series;
  /** How many alerts fire after ten minutes. */
  readonly fires: number;
}

/** 80 samples of a counter that grows by so much a second. */
const perSecond = (rate: number): string => `0+${rate * 15}x80`;
const always = (value: number): string => `${value}x80`;

const fires = (alertIf: string, when: string, series: Series, count = 1): Case => ({
  alertIf,
  when,
  series,
  fires: count,
});
const holds = (alertIf: string, when: string, series: Series): Case => fires(alertIf, when, series, 0);

const count = (labels = ''): string => `http_server_resp_time_count{job="api"${labels}}`;
const bucket = (le: string, labels = ''): string =>
  `http_server_resp_time_bucket{job="api",le="${le}"${labels}}`;
const up = (instance: string, job = 'api'): string => `up{job="${job}",instance="${instance}"}`;

const RESPONSE_TIME: readonly Case[] = [
  fires('@resp_time_above:0.1,5m,0.99', 'half of the requests are slower', {
    [bucket('0.1')]: perSecond(1),
    [count()]: perSecond(2),
  }),
  fires('@resp_time_above:0.1,5m,0.99', 'one of two replicas is slower', {
    [bucket('0.1', ',instance="a"')]: perSecond(10),
    [count(',instance="a"')]: perSecond(10),
    [bucket('0.1', ',instance="b"')]: perSecond(1),
    [count(',instance="b"')]: perSecond(10),
  }),
  fires('@resp_time_above:1,5m,0.99', 'a whole second is stored as Prometheus 2 does', {
    [bucket('1')]: perSecond(1),
    [count()]: perSecond(2),
  }),
  fires('@resp_time_above:1,5m,0.99', 'a whole second is stored as Prometheus 3 does', {
    [bucket('1.0')]: perSecond(1),
    [count()]: perSecond(2),
  }),
  holds('@resp_time_above:0.1,5m,0.99', 'every request is fast', {
    [bucket('0.1')]: perSecond(2),
    [count()]: perSecond(2),
  }),
  holds('@resp_time_above:0.1,5m,0.99', 'there are no requests', {
    [bucket('0.1')]: always(1),
    [count()]: always(2),
  }),
  holds('@resp_time_above:0.1,5m,0.99', 'another service is slow', {
    'http_server_resp_time_bucket{job="other",le="0.1"}': perSecond(1),
    'http_server_resp_time_count{job="other"}': perSecond(2),
  }),
  fires('@resp_time_below:0.025,5m,0.75', 'nine of ten requests are faster', {
    [bucket('0.025')]: perSecond(9),
    [count()]: perSecond(10),
  }),
  holds('@resp_time_below:0.025,5m,0.75', 'half of the requests are slower', {
    [bucket('0.025')]: perSecond(1),
    [count()]: perSecond(2),
  }),
  holds('@resp_time_below:0.025,5m,0.75', 'there are no requests', {
    [bucket('0.025')]: always(1),
    [count()]: always(1),
  }),
  fires('@resp_time_server_error:5m,0.1', 'a fifth of the answers are errors of the server', {
    [count(',code="200"')]: perSecond(4),
    [count(',code="503"')]: perSecond(1),
  }),
  holds('@resp_time_server_error:5m,0.1', 'the errors are those of the clients', {
    [count(',code="200"')]: perSecond(4),
    [count(',code="404"')]: perSecond(4),
  }),
];

const REQUESTS: readonly Case[] = [
  fires('@idle:5m', 'no request has ever come', { [up('a')]: always(1) }),
  fires('@idle:5m', 'requests have stopped', { [up('a')]: always(1), [count()]: '0+15x15 225x65' }),
  holds('@idle:5m', 'a request came within the range', { [up('a')]: always(1), [count()]: '0x30 1x50' }),
  holds('@idle:5m', 'the service has started just now', { [up('a')]: '_x35 1x45' }),
  holds('@idle:5m', 'one replica does not answer Prometheus', { [up('a')]: always(1), [up('b')]: always(0) }),
  holds('@idle:5m', 'nothing is known', { [up('a', 'other')]: always(1) }),
  fires('@requests_above:20,1m', 'each of two replicas gets more', {
    [up('a')]: always(1),
    [up('b')]: always(1),
    [count(',instance="a"')]: perSecond(40),
    [count(',instance="b"')]: perSecond(10),
  }),
  holds('@requests_above:20,1m', 'two replicas share what is too much for one', {
    [up('a')]: always(1),
    [up('b')]: always(1),
    [count(',instance="a"')]: perSecond(30),
  }),
  holds('@requests_above:20,1m', 'no replica answers Prometheus', {
    [up('a')]: always(0),
    [count()]: perSecond(40),
  }),
  fires('@requests_below:5,5m', 'two replicas share less', {
    [up('a')]: always(1),
    [up('b')]: always(1),
    [count()]: perSecond(8),
  }),
  fires('@requests_below:5,5m', 'no request has ever come', { [up('a')]: always(1) }),
  holds('@requests_below:5,5m', 'one replica gets as much', {
    [up('a')]: always(1),
    [count()]: perSecond(8),
  }),
  holds('@requests_below:5,5m', 'no replica answers Prometheus', { [up('a')]: always(0) }),
  holds('@requests_below:5,5m', 'the service has started just now', { [up('a')]: '_x35 1x45' }),
];

const container = (metric: string, id = 'a', more = '', service = 'api'): string =>
  `${metric}{container_label_com_docker_swarm_service_name="${service}",id="/docker/${id}"${more}}`;
const cpu = (id: string, core = 'total'): string =>
  container('container_cpu_usage_seconds_total', id, `,cpu="${core}"`);
const halfACore = (id: string): Series => ({
  [container('container_spec_cpu_quota', id)]: always(50_000),
  [container('container_spec_cpu_period', id)]: always(100_000),
});
const memory = (usage: number, limit: number, cache = 0): Series => ({
  [container('container_memory_usage_bytes')]: always(usage),
  [container('container_memory_cache')]: always(cache),
  [container('container_spec_memory_limit_bytes')]: always(limit),
});

const RESOURCES: readonly Case[] = [
  fires('@cpu_above:0.8,2m', 'a container uses most of its limit', {
    [cpu('a')]: perSecond(0.45),
    ...halfACore('a'),
  }),
  fires('@cpu_above:0.8,2m', 'a container without a limit uses most of a core', {
    [cpu('a')]: perSecond(0.9),
    [container('container_spec_cpu_period', 'a')]: always(100_000),
  }),
  fires('@cpu_above:0.8,2m', 'two cores together use most of the limit', {
    [cpu('a', 'cpu00')]: perSecond(0.3),
    [cpu('a', 'cpu01')]: perSecond(0.2),
    ...halfACore('a'),
  }),
  holds('@cpu_above:0.8,2m', 'the same usage meets no limit', { [cpu('a')]: perSecond(0.45) }),
  holds('@cpu_above:0.8,2m', 'only one of two containers is busy', {
    [cpu('a')]: perSecond(0.45),
    [cpu('b')]: perSecond(0.05),
    ...halfACore('a'),
    ...halfACore('b'),
  }),
  fires('@cpu_below:0.2,5m', 'a container uses little of its limit', {
    [cpu('a')]: perSecond(0.05),
    ...halfACore('a'),
  }),
  fires('@cpu_below:0.2,5m', 'a container without a limit uses little of a core', {
    [cpu('a')]: perSecond(0.1),
  }),
  holds('@cpu_below:0.2,5m', 'a container uses enough of its limit', {
    [cpu('a')]: perSecond(0.15),
    ...halfACore('a'),
  }),
  holds('@cpu_below:0.2,5m', 'nothing is known', {}),
  fires('@service_mem_limit:0.8', 'usage is near the limit', memory(90, 100)),
  holds('@service_mem_limit:0.8', 'usage is far from the limit', memory(70, 100)),
  holds('@service_mem_limit:0.8', 'there is no limit', memory(90, 0)),
  fires('@service_mem_limit_nobuff:0.8', 'usage is near the limit without the cache', memory(90, 100, 5)),
  holds('@service_mem_limit_nobuff:0.8', 'the cache makes up for it', memory(90, 100, 20)),
  holds('@service_mem_limit_nobuff:0.8', 'there is no limit', memory(90, 0, 5)),
];

const node = (instance: string, free: number): Series => ({
  [`node_memory_MemTotal_bytes{job="api",instance="${instance}"}`]: always(100),
  [`node_memory_MemFree_bytes{job="api",instance="${instance}"}`]: always(free),
  [`node_memory_Buffers_bytes{job="api",instance="${instance}"}`]: always(5),
  [`node_memory_Cached_bytes{job="api",instance="${instance}"}`]: always(5),
});
const disk = (fstype: string, free: number, mountpoint = '/'): Series => ({
  [`node_filesystem_size_bytes{job="api",fstype="${fstype}",mountpoint="${mountpoint}"}`]: always(100),
  [`node_filesystem_free_bytes{job="api",fstype="${fstype}",mountpoint="${mountpoint}"}`]: always(free),
});

const NODES: readonly Case[] = [
  fires('@node_mem_limit:0.8', 'one of two nodes is full', { ...node('a', 5), ...node('b', 60) }),
  fires('@node_mem_limit:0.8', 'both nodes are full', { ...node('a', 5), ...node('b', 5) }, 2),
  holds('@node_mem_limit:0.8', 'buffers and cache make up for it', node('a', 15)),
  fires('@node_mem_limit_total_above:0.8', 'the nodes are full together', {
    ...node('a', 0),
    ...node('b', 10),
  }),
  holds('@node_mem_limit_total_above:0.8', 'one node has room for the other', {
    ...node('a', 0),
    ...node('b', 60),
  }),
  fires('@node_mem_limit_total_below:0.4', 'the nodes are empty together', {
    ...node('a', 50),
    ...node('b', 70),
  }),
  holds('@node_mem_limit_total_below:0.4', 'one node is full', { ...node('a', 0), ...node('b', 70) }),
  fires('@node_fs_limit:0.8', 'a disk is full', { ...disk('ext4', 10), ...disk('xfs', 50, '/data') }),
  holds('@node_fs_limit:0.8', 'the disks have room', { ...disk('ext4', 30), ...disk('xfs', 50, '/data') }),
  holds('@node_fs_limit:0.8', 'what is full is no disk', {
    ...disk('tmpfs', 0, '/run'),
    ...disk('squashfs', 0, '/snap'),
    ...disk('fuse.lxcfs', 0, '/var/lib/lxcfs'),
    ...disk('overlay', 0, '/merged'),
  }),
];

const replicas = (...states: readonly number[]): Series =>
  Object.fromEntries(states.map((state, index) => [up(`replica-${index}`), always(state)]));

const REPLICAS: readonly Case[] = [
  fires('@replicas_running', 'one replica is missing', replicas(1, 1)),
  fires('@replicas_running', 'one replica does not answer', replicas(1, 1, 0)),
  fires('@replicas_running', 'there is one too many', replicas(1, 1, 1, 1)),
  fires('@replicas_running', 'all are gone', { [up('a', 'other')]: always(1) }),
  holds('@replicas_running', 'all are there', replicas(1, 1, 1)),
  fires('@replicas_less_than', 'one replica does not answer', replicas(1, 1, 0)),
  fires('@replicas_less_than', 'all are gone', { [up('a', 'other')]: always(1) }),
  holds('@replicas_less_than', 'all are there', replicas(1, 1, 1)),
  holds('@replicas_less_than', 'there is one too many', replicas(1, 1, 1, 1)),
  fires('@replicas_more_than', 'there is one too many', replicas(1, 1, 1, 1)),
  holds('@replicas_more_than', 'all are there, and one that does not answer', replicas(1, 1, 1, 0)),
];

const QUEUE: readonly Case[] = [
  fires('@queue_above:jobs_waiting,100', 'the longest of two queues is longer', {
    'jobs_waiting{queue="a"}': always(150),
    'jobs_waiting{queue="b"}': always(1),
  }),
  holds('@queue_above:jobs_waiting,100', 'both queues are shorter', {
    'jobs_waiting{queue="a"}': always(60),
    'jobs_waiting{queue="b"}': always(60),
  }),
];

const fast = { [bucket('0.025')]: perSecond(8), [count()]: perSecond(10) };

const COMBINATIONS: readonly Case[] = [
  fires('@resp_time_below:0.025,5m,0.75_unless_@resp_time_above:0.1,5m,0.99', 'only the first holds', {
    ...fast,
    [bucket('0.1')]: perSecond(10),
  }),
  holds('@resp_time_below:0.025,5m,0.75_unless_@resp_time_above:0.1,5m,0.99', 'both hold', {
    ...fast,
    [bucket('0.1')]: perSecond(9),
  }),
  holds(
    '@resp_time_below:0.025,5m,0.75_unless_@service_mem_limit:0.8',
    'both hold, for series of other labels',
    {
      ...fast,
      ...memory(90, 100),
    },
  ),
  fires('@service_mem_limit:0.8_and_@node_fs_limit:0.8', 'both hold, for series of other labels', {
    ...memory(90, 100),
    ...disk('ext4', 10),
  }),
  holds('@service_mem_limit:0.8_and_@node_fs_limit:0.8', 'one holds', memory(90, 100)),
  fires('@service_mem_limit:0.8_or_@node_fs_limit:0.8', 'one holds', disk('ext4', 10)),
  holds('@service_mem_limit:0.8_or_@node_fs_limit:0.8', 'none holds', disk('ext4', 50)),
];

export const CASES: readonly Case[] = [
  ...RESPONSE_TIME,
  ...REQUESTS,
  ...RESOURCES,
  ...NODES,
  ...REPLICAS,
  ...QUEUE,
  ...COMBINATIONS,
];
