import { RequestError } from '#core/errors.ts';
import type { FunctionEvent } from '#core/openfaas.ts';
import { printable, quoted } from '#core/values.ts';
import { decodeAlerts } from './decode-alerts.ts';
import { decodeOrder } from './decode-order.ts';
import { FieldError, readDryRun } from './fields.ts';
import { type Labels, type Payload, readPayload } from './payload.ts';
import { type FieldName, type Query, readQuery } from './query.ts';
import type { Rejection } from './rejection.ts';
import type { ScaleRequest } from './scale-request.ts';

/** A payload that asks for nothing, as a whole. */
export interface HeldPayload {
  readonly reason: 'resolved' | 'own-alert';
  readonly service?: string | undefined;
  readonly message: string;
}

/** What a request asks for. Without requests and rejections, `held` says why there is nothing to do. */
export interface Decoded {
  readonly requests: readonly ScaleRequest[];
  readonly rejections: readonly Rejection[];
  readonly held?: HeldPayload;
  readonly warnings: readonly string[];
  /** Notify nobody, not even of rejections. */
  readonly dryRun: boolean;
}

/** Finds a field's value, or undefined: the query beats the body, the group's labels beat the common ones and an alert's own. */
export type FieldLookup = (field: FieldName, alertLabels?: Labels) => unknown;

/**
 * Reads an Alertmanager webhook, an order in the body or one in the query into one request for each service.
 * Whatever cannot be read becomes a rejection; it never throws.
 * @example decode({ query: { service: 'web', scale: 'up' }, rawBody: Buffer.from('') }).requests.length // 1
 */
export function decode(event: Pick<FunctionEvent, 'query' | 'rawBody'>): Decoded {
  let dryRun = event.query.dryRun === 'true';
  try {
    const query = readQuery(event.query);
    const payload = readPayload(event.rawBody);
    const lookup = createLookup(query, payload);
    dryRun = readDryRun(lookup('dryRun'));
    const alerts = payload.alerts ?? [];
    const decoded = alerts.length > 0 ? decodeAlerts(alerts, query, lookup) : decodeOrder(lookup);
    return {
      ...decoded,
      warnings: [...warningsAbout(payload, alerts.length > 0), ...decoded.warnings],
      dryRun,
    };
  } catch (error) {
    if (!(error instanceof RequestError || error instanceof FieldError)) throw error;
    return { requests: [], rejections: [{ message: error.message }], warnings: [], dryRun };
  }
}

function createLookup(query: Query, payload: Payload): FieldLookup {
  // A signed order can have no query, so dryRun is read at the top of a body as well.
  const top: Labels = { dryRun: payload.dryRun };
  return (field, alertLabels) => {
    if (query[field] !== undefined) return query[field];
    const sources = [top, payload.groupLabels, payload.commonLabels, alertLabels];
    // An empty label is no label, as in Prometheus.
    return sources
      .map((labels) => labels?.[field])
      .find((value) => value !== undefined && value !== null && value !== '');
  };
}

function warningsAbout(payload: Payload, isWebhook: boolean): string[] {
  const warnings: string[] = [];
  const { version, truncatedAlerts } = payload;
  if (isWebhook && version !== undefined && printable(version) !== '4') {
    warnings.push(`The payload has version ${quoted(version)}; expected Alertmanager's version "4"`);
  }
  if (typeof truncatedAlerts === 'number' && truncatedAlerts > 0) {
    warnings.push(
      `The payload leaves out ${truncatedAlerts} alerts (truncatedAlerts): raise max_alerts, or group_by service`,
    );
  }
  return warnings;
}
