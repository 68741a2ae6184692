import type { Answer, TextAnswer } from '#core/answer.ts';
import type { Secrets } from '#core/config/secrets.ts';
import type { Config } from '#core/config/settings.ts';
import type { Method } from '#core/guard.ts';
import type { Logger } from '#core/logger.ts';
import { createChannels } from '#core/notifications/channels.ts';
import { createGatewayNotify } from '#core/notifications/notify-client.ts';
import type { FunctionEvent } from '#core/openfaas.ts';
import type { Swarm } from '#core/swarm/swarm.ts';
import { createReadRules } from '../functions/alert-rules/read-rules.ts';
import { createServeRules } from '../functions/alert-rules/serve-rules.ts';
import { createNotify } from '../functions/notify/notify.ts';
import { createScaleService } from '../functions/scale-service/scale-service.ts';

/** A function without the guard before it. */
export interface ServedFunction {
  readonly method: Method;
  respond(event: FunctionEvent): Promise<Answer | TextAnswer>;
}

/** The functions of this project in one process, under the names that the gateway knows them by. */
export type Functions = ReadonlyMap<string, ServedFunction>;

export interface FunctionsOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly swarm: Swarm;
}

/** The same functions that OpenFaaS would run; `notify` is called directly unless `GATEWAY_URL` says otherwise. */
export function createFunctions({ config, secrets, logger, swarm }: FunctionsOptions): Functions {
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
  return new Map<string, ServedFunction>([
    ['scale-service', { method: 'POST', respond: scaleService }],
    ['notify', { method: 'POST', respond: notify.respond }],
    ['alert-rules', { method: 'GET', respond: serveRules }],
  ]);
}
