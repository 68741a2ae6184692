import { defineShortcut, type ShortcutTable } from './shortcut.ts';
import { metric, number } from './values.ts';

/** The shortcut over a gauge of any exporter: whoever reports a queue is seldom the service that works it off. */
export const QUEUE: ShortcutTable = new Map([
  [
    '@queue_above',
    defineShortcut({ metric, number }, ({ service }, { metric, number }) => ({
      expr: `max(${metric}) > ${number}`,
      summary: `The queue ${metric} of the service ${service} is above ${number}`,
      labels: { scale: 'up', type: 'service' },
    })),
  ],
]);
