import { NODES } from './nodes.ts';
import { QUEUE } from './queue.ts';
import { REPLICAS } from './replicas.ts';
import { REQUESTS } from './requests.ts';
import { RESOURCES } from './resources.ts';
import { RESPONSE_TIME } from './response-time.ts';
import type { ShortcutTable } from './shortcut.ts';

/**
 * Every shortcut that is built in. Names, values, labels and summaries of the older ones are those of docker-flow-monitor,
 * so that labels on services need no change.
 */
export const SHORTCUTS: ShortcutTable = new Map([
  ...RESPONSE_TIME,
  ...REQUESTS,
  ...RESOURCES,
  ...NODES,
  ...REPLICAS,
  ...QUEUE,
]);
