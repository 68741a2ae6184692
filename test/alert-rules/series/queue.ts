import { always, type Case, fires, holds } from './case.ts';

export const QUEUE: readonly Case[] = [
  fires('@queue_above:jobs_waiting,100', 'the longest of two queues is longer', {
    'jobs_waiting{queue="a"}': always(150),
    'jobs_waiting{queue="b"}': always(1),
  }),
  holds('@queue_above:jobs_waiting,100', 'both queues are shorter', {
    'jobs_waiting{queue="a"}': always(60),
    'jobs_waiting{queue="b"}': always(60),
  }),
];
