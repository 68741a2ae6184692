import type { FastifyInstance } from 'fastify';
import { type Answer, RETRY_AFTER, send } from '#core/answer.ts';
import type { Config } from '#core/config/settings.ts';
import type { Logger } from '#core/logger.ts';
import { printable } from '#core/values.ts';
import { createServer } from '../../template/node24-ts/server.ts';
import { routeOf } from '../routes.ts';
import { createDeliver } from './deliver.ts';
import { keepInSync, PACE, type Pace } from './keep-in-sync.ts';
import { createPrometheus } from './prometheus.ts';
import { createReporter, type SyncStatus } from './reporter.ts';
import type { RuleSource } from './rule-source.ts';
import { createRulesFile } from './rules-file.ts';
import { createSyncAlert, NO_ALERT, type SyncAlert } from './sync-alert.ts';

export interface RulesSyncOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly source: RuleSource;
  readonly pace?: Pace;
}

/** Keeps Prometheus' rules in sync from when it listens until it closes; meanwhile it answers how that goes. */
export function createRulesSyncServer(options: RulesSyncOptions): FastifyInstance {
  const { config, logger, source, pace = PACE } = options;
  const prometheus = createPrometheus(config.PROMETHEUS_ADDRESS, fetch);
  const reporter = createReporter(logger, createAlert(config, logger), Date.now);
  const deliver = createDeliver(createRulesFile(config.RULES_FILE), prometheus, Date.now);
  const intervalMs = config.RULES_SYNC_INTERVAL ?? source.intervalMs;

  const server = createServer(
    async ({ path }, context) => send(context, answerFor(path, reporter.status())),
    { logLevel: config.LOG_LEVEL },
  );
  const stop = new AbortController();
  let running: Promise<void> | undefined;
  server.addHook('onListen', async () => {
    running = keepInSync({ source, deliver, reporter, intervalMs, pace }, stop.signal);
  });
  server.addHook('onClose', async () => {
    stop.abort();
    await running;
  });
  return server;
}

function createAlert({ ALERTMANAGER_ADDRESS: addresses }: Config, logger: Logger): SyncAlert {
  if (addresses === undefined) {
    logger.warn('Nobody is told when rules cannot be delivered: set ALERTMANAGER_ADDRESS');
    return NO_ALERT;
  }
  const onFailure = (message: string) => logger.error({ channel: 'alertmanager' }, message);
  return createSyncAlert({ addresses, fetch, onFailure }, Date.now, onFailure);
}

/** The same paths as the standalone server has. */
function answerFor(path: string, { isInSync, message }: SyncStatus): Answer {
  switch (routeOf(path, '').kind) {
    case 'ping':
      return { status: 200, body: { status: 'OK', message: 'pong' } };
    case 'health':
      return isInSync
        ? { status: 200, body: { status: 'OK', message } }
        : { status: 503, headers: RETRY_AFTER, body: { status: 'NOK', message } };
    default:
      return { status: 404, body: { status: 'NOK', message: `No such path: ${printable(path)}` } };
  }
}
