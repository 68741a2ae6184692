import { expect } from 'chai';
import { type Route, routeOf } from '../../standalone/routes.ts';

const to = (name: string, isAsync = false): Route => ({ kind: 'function', name, isAsync });
const NOT_FOUND: Route = { kind: 'not-found' };
const NOT_IMPLEMENTED: Route = { kind: 'not-implemented' };

const ROUTES: readonly [path: string, route: Route][] = [
  ['/function/scale-service', to('scale-service')],
  ['/function/notify', to('notify')],
  ['/function/whatever', to('whatever')],
  ['/function/notify/', to('notify')],
  ['/function/notify.openfaas-fn', to('notify')],
  ['/function/notify/and/more', to('notify')],
  ['/function/', NOT_FOUND],
  ['/function', NOT_FOUND],
  ['/functions/notify', NOT_FOUND],
  ['/async-function/notify', to('notify', true)],
  ['/async-function/', NOT_FOUND],
  ['/healthz', { kind: 'health' }],
  ['/healthz/', { kind: 'health' }],
  ['/healthz/more', NOT_FOUND],
  ['/v1/ping', { kind: 'ping' }],
  ['/v1/scale-service', to('scale-service')],
  ['/v1/scale-service/', to('scale-service')],
  ['/v1/scale-services', NOT_FOUND],
  ['/v1/scale-nodes', NOT_IMPLEMENTED],
  ['/v1/reschedule-service', NOT_IMPLEMENTED],
  ['/v1/reschedule-services', NOT_IMPLEMENTED],
  ['/v1/reschedule-whatever', NOT_IMPLEMENTED],
  ['/v2/ping', NOT_FOUND],
  ['/', NOT_FOUND],
  ['', NOT_FOUND],
];

describe('the way of a request through the standalone server', () => {
  for (const [path, route] of ROUTES) {
    it(`leads from ${path || 'nothing'} to ${describeRoute(route)}`, () => {
      expect(routeOf(path, '')).to.deep.equal(route);
    });

    it(`leads from /scaler${path} to the same when that is the prefix`, () => {
      expect(routeOf(`/scaler${path}`, '/scaler')).to.deep.equal(route);
    });
  }

  it('stays open without the prefix, for a proxy that strips it', () => {
    expect(routeOf('/v1/ping', '/scaler')).to.deep.equal({ kind: 'ping' });
  });

  it('does not take the beginning of another path for the prefix', () => {
    expect(routeOf('/scalerx/v1/ping', '/scaler')).to.deep.equal(NOT_FOUND);
  });

  it('knows a prefix of several parts', () => {
    expect(routeOf('/ops/scaler/v1/ping', '/ops/scaler')).to.deep.equal({ kind: 'ping' });
    expect(routeOf('/ops/v1/ping', '/ops/scaler')).to.deep.equal(NOT_FOUND);
  });

  it('takes off the prefix once', () => {
    expect(routeOf('/scaler/scaler/v1/ping', '/scaler')).to.deep.equal(NOT_FOUND);
  });
});

function describeRoute(route: Route): string {
  return route.kind === 'function' ? `${route.isAsync ? 'async ' : ''}${route.name}` : route.kind;
}
