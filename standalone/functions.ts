import type { Authenticate } from '#core/auth.ts';
import { createAuthenticateFrom } from '#core/auth.ts';
import type { Secrets } from '#core/config/secrets.ts';
import type { Config } from '#core/config/settings.ts';
import { guard } from '#core/guard.ts';
import type { Logger } from '#core/logger.ts';
import { createChannels } from '#core/notifications/channels.ts';
import { createGatewayNotify } from '#core/notifications/notify-client.ts';
import type { FunctionHandler } from '#core/openfaas.ts';
import type { Swarm } from '#core/swarm/swarm.ts';
import { createReadRules } from '../functions/alert-rules/read-rules.ts';
import { createServeRules } from '../functions/alert-rules/serve-rules.ts';
import { createNotify } from '../functions/notify/notify.ts';
import { createScaleService } from '../functions/scale-service/scale-service.ts';

/** The functions of this project in one process, under the names that the gateway knows them by. */
export interface Functions {
  readonly authenticate: Authenticate;
  readonly handlers: ReadonlyMap<string, FunctionHandler>;
}

export interface FunctionsOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly swarm: Swarm;
}

/** The same functions that OpenFaaS would run; `notify` is called directly unless `GATEWAY_URL` says otherwise. */
export function createFunctions({ config, secrets, logger, swarm }: FunctionsOptions): Functions {
  const authenticate = createAuthenticateFrom(config, secrets);
  const notify = createNotify({ channels: createChannels(config, secrets, logger, fetch), logger });
  const scaleService = createScaleService({
    swarm,
    config,
    notify: config.GATEWAY_URL
      ? createGatewayNotify(config.GATEWAY_URL, secrets.tokens[0], fetch)
      : notify.report,
    logger,
    now: Date.now,
  });
  const serveRules = createServeRules(createReadRules({ swarm, config, logger }));
  return {
    authenticate,
    handlers: new Map([
      ['scale-service', guard(authenticate, logger, scaleService)],
      ['notify', guard(authenticate, logger, notify.respond)],
      ['alert-rules', guard(authenticate, logger, serveRules, 'GET')],
    ]),
  };
}
