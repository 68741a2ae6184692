import { always, type Case, fires, holds, perSecond } from './case.ts';
import { container, cpu, halfACore, memory } from './names.ts';

export const RESOURCES: readonly Case[] = [
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
