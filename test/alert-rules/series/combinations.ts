import { type Case, fires, holds, perSecond } from './case.ts';
import { bucket, count, disk, memory } from './names.ts';

const fast = { [bucket('0.025')]: perSecond(8), [count()]: perSecond(10) };

export const COMBINATIONS: readonly Case[] = [
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
