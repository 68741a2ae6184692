import { type Payload, readPayload } from '#core/alerts/payload.ts';
import { type Answer, type AnswerBody, RETRY_AFTER } from '#core/answer.ts';
import { RequestError } from '#core/errors.ts';
import { answerTo, callIdOf } from '#core/guard.ts';
import type { Logger } from '#core/logger.ts';
import { type Channel, type Delivery, reasonOf } from '#core/notifications/channel.ts';
import {
  isOutcomeReport,
  notificationOfAlert,
  notificationsOfReport,
  type OutcomeReport,
} from '#core/notifications/notification.ts';
import type { FunctionEvent } from '#core/openfaas.ts';

interface NotifyAnswerBody extends AnswerBody {
  /** Whether at least one channel took it. */
  readonly notified: boolean;
  readonly channels: readonly { readonly name: Channel['name']; readonly delivered: boolean }[];
}

/** The channels' time; the caller waits a little longer than this. */
const DELIVERY_BUDGET_MS = 1800;

export interface NotifyDependencies {
  readonly channels: readonly Channel[];
  readonly logger: Logger;
  readonly budgetMs?: number;
}

/** Delivers one body through all channels side by side: the outcomes of `scale-service`, or an Alertmanager webhook. */
export function createNotify(dependencies: NotifyDependencies): {
  respond(event: FunctionEvent): Promise<Answer>;
  /** The same without HTTP, for a caller in the same process. */
  report(report: OutcomeReport): Promise<boolean>;
} {
  const deliver = (delivery: Delivery, callId?: string) => deliverToAll(delivery, dependencies, callId);
  return {
    async respond(event) {
      try {
        return answerFor(await deliver(readDelivery(event.rawBody), callIdOf(event)));
      } catch (error) {
        if (error instanceof RequestError) return answerTo(error);
        throw error;
      }
    },
    async report(report) {
      const results = await deliver({ report, notifications: notificationsOfReport(report) });
      return results.some(({ delivered }) => delivered);
    },
  };
}

type DeliveryResult = NotifyAnswerBody['channels'][number];

async function deliverToAll(
  delivery: Delivery,
  { channels, logger, budgetMs = DELIVERY_BUDGET_MS }: NotifyDependencies,
  callId: string | undefined,
): Promise<readonly DeliveryResult[]> {
  const signal = AbortSignal.timeout(budgetMs);
  const fitting = channels.filter((channel) => delivery.report !== undefined || channel.takesWebhooks);
  return Promise.all(
    fitting.map(async (channel) => {
      const details = {
        requestId: delivery.report?.id,
        callId,
        channel: channel.name,
        count: delivery.notifications.length,
      };
      try {
        await channel.deliver(delivery, signal);
        logger.info(details, `Told ${channel.name} of ${delivery.notifications.length}`);
        return { name: channel.name, delivered: true };
      } catch (error) {
        logger.error(details, `${channel.name} was not told: ${reasonOf(error)}`);
        return { name: channel.name, delivered: false };
      }
    }),
  );
}

/** @throws {RequestError} for a body that is neither */
function readDelivery(rawBody: Buffer): Delivery {
  const payload: Payload & { outcomes?: unknown } = readPayload(rawBody);
  if (isOutcomeReport(payload)) return { report: payload, notifications: notificationsOfReport(payload) };
  if (payload.outcomes === undefined && payload.alerts && payload.alerts.length > 0) {
    return { report: undefined, notifications: payload.alerts.map(notificationOfAlert) };
  }
  const [first] = isOutcomeReport.errors ?? [];
  throw new RequestError(
    'bad-request',
    `Unable to recognize POST body: ${payload.outcomes === undefined ? 'no alerts and no outcomes in it' : `${first?.instancePath.slice(1)} ${first?.message}`}; expected an Alertmanager webhook or the outcomes of scale-service`,
  );
}

function answerFor(channels: readonly DeliveryResult[]): Answer {
  const delivered = channels.filter((channel) => channel.delivered).map(({ name }) => name);
  const isFailed = channels.length > 0 && delivered.length === 0;
  const message = isFailed
    ? `Nobody was told: ${channels.map(({ name }) => name).join(', ')} failed`
    : channels.length === 0
      ? 'No channel is configured for this'
      : `Told ${delivered.join(', ')}`;
  const body: NotifyAnswerBody = {
    status: isFailed ? 'NOK' : 'OK',
    message,
    notified: delivered.length > 0,
    channels,
  };
  return isFailed ? { status: 503, headers: RETRY_AFTER, body } : { status: 200, body };
}
