import { always, type Case, fires, holds } from './case.ts';
import { replicas, up } from './names.ts';

export const REPLICAS: readonly Case[] = [
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
