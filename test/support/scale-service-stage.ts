import { type Environment, loadConfig } from '#core/config/load-config.ts';
import type { OutcomeReport } from '#core/notifications/notification.ts';
import type { Notify } from '#core/notifications/notify-client.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { createScaleService } from '../../functions/scale-service/scale-service.ts';
import { eventOf } from './event.ts';
import { createFakeSwarm } from './fake-swarm.ts';
import { recordLog } from './log.ts';
import { NOW } from './service.ts';

interface Stage {
  readonly services?: readonly Partial<Service>[];
  readonly env?: Environment;
  readonly notify?: Notify;
}

/** The function with a Swarm in memory, a clock that stands still, and everything that it says recorded. */
export function stage({ services = [{ name: 'web' }], env = {}, notify = async () => true }: Stage = {}) {
  const swarm = createFakeSwarm(...services);
  const reports: OutcomeReport[] = [];
  const log = recordLog();
  const clock = { now: NOW };
  const respond = createScaleService({
    swarm,
    config: loadConfig(env),
    logger: log.logger,
    now: () => clock.now,
    notify: async (report) => {
      reports.push(report);
      return notify(report);
    },
  });
  const call = async (parts: Parameters<typeof eventOf>[0]) => {
    const { status, body } = await respond(eventOf(parts));
    return { status, body: JSON.parse(JSON.stringify(body)) };
  };
  return { swarm, reports, lines: log.lines, clock, call };
}
