import type { Logger } from '#core/logger.ts';
import type { Delivery } from './deliver.ts';
import { PrometheusError } from './prometheus.ts';
import type { SyncAlert } from './sync-alert.ts';

/** Whether Prometheus runs with the rules that labels ask for, and since when not or why. */
export interface SyncStatus {
  readonly isInSync: boolean;
  readonly message: string;
}

/** Tells the log, Alertmanager and whoever asks how it goes. */
export interface Reporter {
  delivered(delivery: Delivery, stop: AbortSignal): Promise<void>;
  failed(error: unknown, stop: AbortSignal): Promise<void>;
  /** Changes are not told of at the moment, only looked for. */
  unheard(error: unknown): void;
  status(): SyncStatus;
}

/** What may be over soon, such as a restart, becomes an alert when it lasts longer than this. */
const PATIENCE_MS = 60_000;

export function createReporter(logger: Logger, alert: SyncAlert, now: () => number): Reporter {
  let status: SyncStatus = { isInSync: false, message: 'No rules have been delivered yet' };
  let failingSince: number | undefined;

  return {
    status: () => status,

    async delivered({ kind, alerts }, stop) {
      const message = `Prometheus runs with the rules of the labels (alerts: ${alerts})`;
      if (kind === 'delivered' || !status.isInSync) logger.info({ alerts }, message);
      status = { isInSync: true, message };
      failingSince = undefined;
      await alert.end(stop);
    },

    async failed(error, stop) {
      const message = error instanceof Error ? error.message : String(error);
      // The same at every attempt would fill the log.
      if (status.isInSync || status.message !== message) logger.error({ reason: reasonOf(error) }, message);
      status = { isInSync: false, message };
      failingSince ??= now();
      if (needsPeople(error) || now() - failingSince >= PATIENCE_MS) await alert.raise(message, stop);
    },

    unheard(error) {
      logger.warn(
        `Changes are only looked for now and then: ${error instanceof Error ? error.message : error}`,
      );
    },
  };
}

/** Time does not mend it. */
const needsPeople = (error: unknown): boolean =>
  error instanceof PrometheusError && error.kind !== 'unavailable';

const reasonOf = (error: unknown): string =>
  error instanceof PrometheusError ? `prometheus-${error.kind}` : 'failed';
