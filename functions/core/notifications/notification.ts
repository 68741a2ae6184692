import { Ajv, type JSONSchemaType } from 'ajv';
import { OWN_ALERT_NAME } from '#core/alerts/decode-alerts.ts';
import type { PayloadAlert } from '#core/alerts/payload.ts';

/** One thing that people should hear of, as every channel gets it. */
export interface Notification {
  readonly status: 'success' | 'error' | 'pending';
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
          status: { type: 'string', enum: ['success', 'error', 'pending'] },
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
export const isOutcomeReport = new Ajv().compile<OutcomeReport>(SCHEMA);

export const notificationsOfReport = ({ outcomes }: OutcomeReport): readonly Notification[] =>
  outcomes.map(({ status, service, request, summary }) => ({
    alertname: OWN_ALERT_NAME,
    status,
    service,
    request,
    summary,
  }));

/** An alert of somebody else's: firing is bad news, resolved is good news. */
export function notificationOfAlert({ status, labels, annotations = {} }: PayloadAlert): Notification {
  const alertname = textOf(labels.alertname) ?? 'alert';
  const service = textOf(labels.service) ?? '';
  return {
    alertname,
    status: status === 'firing' ? 'error' : 'success',
    service,
    request: `${status === 'firing' ? 'firing' : 'resolved'}${service && `: ${service}`}`,
    summary: textOf(annotations.summary) ?? textOf(annotations.description) ?? alertname,
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
