/** Shortcuts over the nodes, as the node exporter reports them; the alert stands on the exporter's own service. */
import { defineShortcut, type ShortcutTable } from './shortcut.ts';
import { ratio } from './values.ts';

export const NODES: ShortcutTable = new Map([
  [
    '@node_mem_limit',
    defineShortcut({ ratio }, ({ service }, { ratio }) => ({
      expr: `${memoryInUse(service, 'sum by (instance) ')} > ${ratio}`,
      summary: `Memory of a node is over ${ratio}`,
      labels: {},
    })),
  ],
  [
    '@node_mem_limit_total_above',
    defineShortcut({ ratio }, ({ service }, { ratio }) => ({
      expr: `${memoryInUse(service, 'sum')} > ${ratio}`,
      summary: `Total memory of the nodes is over ${ratio}`,
      labels: { scale: 'up', type: 'node' },
    })),
  ],
  [
    '@node_mem_limit_total_below',
    defineShortcut({ ratio }, ({ service }, { ratio }) => ({
      expr: `${memoryInUse(service, 'sum')} < ${ratio}`,
      summary: `Total memory of the nodes is below ${ratio}`,
      labels: { scale: 'down', type: 'node' },
    })),
  ],
  [
    '@node_fs_limit',
    defineShortcut({ ratio }, ({ service }, { ratio }) => {
      const of = `{job="${service}",fstype!~"${NO_DISK}"}`;
      return {
        expr: `(node_filesystem_size_bytes${of} - node_filesystem_free_bytes${of}) / node_filesystem_size_bytes${of} > ${ratio}`,
        summary: `Disk usage of a node is over ${ratio}`,
        labels: {},
      };
    }),
  ],
]);

/** File systems in memory, layers over others, and images that are full by nature. */
const NO_DISK = 'autofs|devtmpfs|erofs|fuse[.].*|iso9660|nsfs|overlay|ramfs|rootfs|squashfs|tmpfs';

/** The share of memory that is neither free nor buffer nor page cache, within what `aggregate` joins. */
function memoryInUse(service: string, aggregate: string): string {
  const of = `{job="${service}"}`;
  const total = `${aggregate}(node_memory_MemTotal_bytes${of})`;
  const free = `${aggregate}(node_memory_MemFree_bytes${of} + node_memory_Buffers_bytes${of} + node_memory_Cached_bytes${of})`;
  return `(${total} - ${free}) / ${total}`;
}
