import { type Case, fires, holds } from './case.ts';
import { disk, node } from './names.ts';

export const NODES: readonly Case[] = [
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
