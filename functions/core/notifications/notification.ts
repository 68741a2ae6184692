import type { JSONSchemaType } from 'ajv';
import { OWN_ALERT_NAME } from '#core/alerts/decode-alerts.ts';
import type { PayloadAlert } from '#core/alerts/payload.ts';
import { compileSchema } from '#core/compile-schema.ts';

const STATUSES = ['success', 'error', 'pending'] as const;

/** One thing that people should hear of, as every channel gets it. */
export interface Notification {
  readonly status: (typeof STATUSES)[number];
  /** `scale_service` for our own outcomes, else the name of the alert that came in. */
  readonly alertname: string;
  readonly service: string;
  /** What was asked: `Scale service up: go-demo_main`, `Incorrect request`. */
  readonly request: string;
  readonly summary: string;
}

/** What `scale-service` hands to `notify`: the outcomes of one request. */
export interface OutcomeReport {
  /** The request's id. */
  readonly id: string;
  readonly outcomes: readonly ReportedOutcome[];
}

/** A notification with what a program may want to know of the outcome. */
export interface ReportedOutcome extends Omit<Notification, 'alertname'> {
  readonly outcome: string;
  readonly reason: string;
  readonly direction?: string;
  readonly from?: number;
  readonly to?: number;
  readonly min?: number;
  readonly max?: number;
}

/** The `service` of an outcome that has none. */
export const NO_SERVICE = 'bad_request';

const text = { type: 'string' } as const;
const optionalNumber = { type: 'number', nullable: true } as const;

const SCHEMA: JSONSchemaType<OutcomeReport> = {
  type: 'object',
  required: ['id', 'outcomes'],
  properties: {
    id: text,
    outcomes: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['status', 'service', 'request', 'summary', 'outcome', 'reason'],
        properties: {
          status: { type: 'string', enum: STATUSES },
          service: text,
          request: text,
          summary: text,
          outcome: text,
          reason: text,
          direction: { type: 'string', nullable: true },
          from: optionalNumber,
          to: optionalNumber,
          min: optionalNumber,
          max: optionalNumber,
        },
      },
    },
  },
};

/** Whether a body is a report of outcomes; its `errors` say why not. */
export const isOutcomeReport = compileSchema<OutcomeReport>(SCHEMA);

export const notificationsOfReport = ({ outcomes }: OutcomeReport): readonly Notification[] =>
  outcomes.map(({ status, service, request, summary }) => ({
    alertname: OWN_ALERT_NAME,
    status,
    service,
    request,
    summary,
  }));

/**
 * An alert that came in by webhook: firing is bad news, resolved is good news. An outcome of ours that comes back through
 * Alertmanager says itself what it is.
 */
export function notificationOfAlert({ status, labels, annotations }: PayloadAlert): Notification {
  const alertname = textOf(labels.alertname) ?? 'alert';
  const service = textOf(labels.service) ?? '';
  const summary = textOf(annotations?.summary) ?? textOf(annotations?.description) ?? alertname;
  if (alertname === OWN_ALERT_NAME) {
    const own = STATUSES.find((one) => one === labels.status) ?? 'error';
    return { alertname, service, summary, status: own, request: textOf(annotations?.request) ?? service };
  }
  const state = status === 'firing' ? 'firing' : 'resolved';
  return {
    alertname,
    service,
    summary,
    status: state === 'firing' ? 'error' : 'success',
    request: service ? `${state}: ${service}` : state,
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
