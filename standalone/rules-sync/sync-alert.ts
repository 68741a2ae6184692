import { reasonOf } from '#core/notifications/channel.ts';
import { type Alertmanagers, type PostableAlert, postAlerts } from '#core/notifications/post-alerts.ts';
import { within } from './within.ts';

/** Has people told, through Alertmanager, that Prometheus does not run with the rules that labels ask for. */
export interface SyncAlert {
  /** To be called again and again while that lasts. Never fails. */
  raise(summary: string, stop: AbortSignal): Promise<void>;
  /** Ends the alert, if there is one. Never fails. */
  end(stop: AbortSignal): Promise<void>;
}

const ALERT = 'alert_rules_reload_failed';
/** Longer than from one attempt to the next; with nobody left who raises it, it ends by itself. */
const LIFETIME_MS = 3 * 60_000;
const POST_MS = 2000;

/** @param onFailure is told when Alertmanager was not */
export function createSyncAlert(
  alertmanagers: Alertmanagers,
  now: () => number,
  onFailure: (message: string) => void,
): SyncAlert {
  let raised: { readonly since: number; readonly summary: string } | undefined;

  const post = async (endsAt: number, stop: AbortSignal): Promise<void> => {
    if (raised === undefined) return;
    const alert: PostableAlert = {
      labels: { alertname: ALERT, severity: 'warning' },
      annotations: { summary: raised.summary },
      startsAt: new Date(raised.since).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
    };
    try {
      await within(POST_MS, stop, (signal) => postAlerts(alertmanagers, [alert], signal));
    } catch (error) {
      onFailure(`Alertmanager was not told: ${reasonOf(error)}`);
    }
  };

  return {
    async raise(summary, stop) {
      raised = { since: raised?.since ?? now(), summary };
      await post(now() + LIFETIME_MS, stop);
    },
    async end(stop) {
      await post(now(), stop);
      raised = undefined;
    },
  };
}

/** Where no Alertmanager is configured. */
export const NO_ALERT: SyncAlert = { raise: async () => {}, end: async () => {} };
