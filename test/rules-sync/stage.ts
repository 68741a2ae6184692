import { loadConfig } from '#core/config/load-config.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { createReadRules } from '../../functions/alert-rules/read-rules.ts';
import { createEngineSource } from '../../standalone/rules-sync/engine-source.ts';
import type { RuleSource } from '../../standalone/rules-sync/rule-source.ts';
import { createRulesSyncServer } from '../../standalone/rules-sync/server.ts';
import { createFakeSwarm, type FakeSwarm } from '../support/fake-swarm.ts';
import { recordLog } from '../support/log.ts';
import type { Prometheus } from '../support/prometheus.ts';
import { type Recorder, startRecorder } from '../support/recorder.ts';
import { waitFor } from '../support/wait-for.ts';

/** `rules-sync` between a Swarm in memory and a real Prometheus; Alertmanager is a recorder. */
export interface Stage {
  readonly swarm: FakeSwarm;
  readonly alertmanager: Recorder;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** What `/healthz` answers. */
  health(): Promise<{ readonly status: number; readonly message: string }>;
  /** Until `/healthz` answers with this status. */
  waitForHealth(status: 200 | 503): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly prometheus: Pick<Prometheus, 'url' | 'rulesFile'>;
  readonly services?: readonly Partial<Service>[];
  /** In the place of the Swarm's rules. */
  readonly source?: RuleSource;
  readonly intervalMs?: number;
}

const PACE = { settleMs: 50, firstRetryMs: 50, longestRetryMs: 200 };

export async function setStage({
  prometheus,
  services = [],
  source,
  intervalMs,
}: StageOptions): Promise<Stage> {
  const swarm = createFakeSwarm(...services);
  const alertmanager = await startRecorder();
  const { logger, lines } = recordLog();
  const config = loadConfig({
    LOG_LEVEL: 'silent',
    PROMETHEUS_ADDRESS: prometheus.url,
    RULES_FILE: prometheus.rulesFile,
    ALERTMANAGER_ADDRESS: alertmanager.url,
  });
  const fromSwarm = createEngineSource(createReadRules({ swarm, config, logger }), swarm);
  const server = createRulesSyncServer({
    config,
    logger,
    source: { ...(source ?? fromSwarm), ...(intervalMs && { intervalMs }) },
    pace: PACE,
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });

  const health = async () => {
    const answer = await fetch(`${url}/healthz`);
    const { message } = (await answer.json()) as { message: string };
    return { status: answer.status, message };
  };
  return {
    swarm,
    alertmanager,
    lines,
    health,
    async waitForHealth(status) {
      await waitFor(`health ${status}`, async () => (await health()).status === status, { intervalMs: 10 });
    },
    async close() {
      await server.close();
      await alertmanager.close();
    },
  };
}
