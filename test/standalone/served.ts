import { type Environment, loadConfig } from '#core/config/load-config.ts';
import type { Secrets } from '#core/config/secrets.ts';
import type { Service, Swarm } from '#core/swarm/swarm.ts';
import { createStandaloneServer } from '../../standalone/server.ts';
import { createFakeSwarm, type FakeSwarm } from '../support/fake-swarm.ts';
import { recordLog } from '../support/log.ts';

export const AUTHORIZED = { authorization: 'Bearer let-me-in' };

interface ServedOptions {
  readonly services?: readonly Partial<Service>[];
  readonly env?: Environment;
  readonly secrets?: Partial<Secrets>;
  readonly checkManager?: Swarm['checkManager'];
}

export interface Served {
  readonly url: string;
  readonly swarm: FakeSwarm;
  /** What the functions logged. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** Sends a POST with the token unless `init` says otherwise; the answer has to be JSON. */
  call(path: string, init?: RequestInit): Promise<CallAnswer>;
  close(): Promise<void>;
}

interface CallAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The standalone server on a port of its own, in front of a Swarm in memory. */
export async function serve(options: ServedOptions = {}): Promise<Served> {
  const { services = [{ name: 'web' }], env = {}, secrets = {}, checkManager } = options;
  const swarm = createFakeSwarm(...services);
  const { logger, lines } = recordLog();
  const server = createStandaloneServer({
    config: loadConfig({ LOG_LEVEL: 'silent', ...env }),
    secrets: { tokens: ['let-me-in'], slackWebhookUrl: undefined, webhookUrl: undefined, ...secrets },
    logger,
    swarm: checkManager ? { ...swarm, checkManager } : swarm,
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    swarm,
    lines,
    async call(path, init = {}) {
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers: AUTHORIZED, ...init });
      return {
        status: answer.status,
        headers: answer.headers,
        body: (await answer.json()) as CallAnswer['body'],
      };
    },
    close: () => server.close(),
  };
}
