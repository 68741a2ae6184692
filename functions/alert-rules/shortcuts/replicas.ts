/**
 * Shortcuts over the number of replicas that run. A replica counts when it answers Prometheus (`up`), which needs no
 * exporter beside the service; the number it is compared with is the one that Swarm has been asked for.
 */
import { RuleError } from '../problem.ts';
import { type AlertContext, defineShortcut, type ShortcutTable } from './shortcut.ts';

export const REPLICAS: ShortcutTable = new Map([
  ['@replicas_running', compared('!=', 'not', 'up')],
  ['@replicas_less_than', compared('<', 'less than', 'up')],
  ['@replicas_more_than', compared('>', 'more than', 'down')],
]);

function compared(operator: string, words: string, scale: 'up' | 'down') {
  return defineShortcut({}, (context) => {
    const { service } = context;
    const replicas = wantedReplicas(context);
    return {
      // Without `or`, no series at all would be no alert: just when every replica is gone.
      expr: `(sum(up{job="${service}"}) or vector(0)) ${operator} ${replicas}`,
      summary: `The number of running replicas of the service ${service} is ${words} ${replicas}`,
      labels: { scale, type: 'node' },
    };
  });
}

/** @throws {RuleError} where there is nothing to compare: a service that is not counted, or not scraped */
function wantedReplicas({ service, replicas, isScraped }: AlertContext): number {
  if (replicas === undefined)
    throw new RuleError(`${service} has no number of replicas; expected a replicated service`);
  if (isScraped) return replicas;
  throw new RuleError(
    `${service} is not scraped, so that its replicas cannot be counted; expected com.df.scrapePort`,
  );
}
