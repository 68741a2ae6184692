import { always, type Case, fires, holds, perSecond } from './case.ts';
import { count, up } from './names.ts';

export const REQUESTS: readonly Case[] = [
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
