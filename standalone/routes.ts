/** Where a request goes, by method and path. */
export type Route =
  | { readonly kind: 'function'; readonly name: string; readonly isAsync: boolean }
  | { readonly kind: 'health' | 'ping' | 'not-implemented' | 'not-found' };

/**
 * The gateway's paths (`/function/NAME`, `/async-function/NAME`), and those that users of docker-scaler have in their
 * Alertmanager; all of them also below the prefix.
 * @param prefix `SERVER_PREFIX` without a slash at its end
 */
export function routeOf(path: string, prefix: string): Route {
  const local = prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
  // Newer versions of faas-cli append a namespace, ".openfaas-fn": Swarm has none, and no dots in names.
  const [, kind, name] = /^\/(function|async-function)\/([^/.]+)/.exec(local) ?? [];
  if (name !== undefined) return { kind: 'function', name, isAsync: kind === 'async-function' };
  switch (local.replace(/\/$/, '')) {
    case '/healthz':
      return { kind: 'health' };
    case '/v1/ping':
      return { kind: 'ping' };
    case '/v1/scale-service':
      return { kind: 'function', name: 'scale-service', isAsync: false };
    case '/v1/scale-nodes':
      return { kind: 'not-implemented' };
    default:
      return { kind: local.startsWith('/v1/reschedule-') ? 'not-implemented' : 'not-found' };
  }
}
