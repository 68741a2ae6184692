import { always, type Case, fires, holds, perSecond } from './case.ts';
import { bucket, count } from './names.ts';

export const RESPONSE_TIME: readonly Case[] = [
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
