import { printable } from '#core/values.ts';
import type { Decoded, FieldLookup, HeldPayload } from './decode.ts';
import {
  FieldError,
  readDirection,
  readDryRun,
  readService,
  readStep,
  requireServiceType,
} from './fields.ts';
import type { PayloadAlert } from './payload.ts';
import type { Query } from './query.ts';
import { printableService, type Rejection, rejectionOf } from './rejection.ts';
import type { StepRequest } from './scale-request.ts';

/** The `alertname` of the outcomes that we post to Alertmanager ourselves. */
export const OWN_ALERT_NAME = 'scale_service';

/**
 * Reads an Alertmanager webhook. Only alerts that are firing scale, and never our own outcomes; each distinct service and
 * direction is one request, and where a service is asked to go both ways, up wins.
 * @throws {FieldError} for a query that no webhook can have
 */
export function decodeAlerts(
  alerts: readonly PayloadAlert[],
  query: Query,
  lookup: FieldLookup,
): Omit<Decoded, 'dryRun'> {
  if (query.to !== undefined) {
    throw new FieldError('Incorrect to in request: an absolute count is for explicit orders, not for alerts');
  }
  const firing = alerts.filter(({ status }) => status === 'firing');
  const foreign = firing.filter(({ labels }) => labels.alertname !== OWN_ALERT_NAME);
  if (foreign.length === 0) {
    return { requests: [], rejections: [], held: heldPayload(firing.length > 0, lookup), warnings: [] };
  }
  const rejections = new Map<string, Rejection>();
  const unreadableUps = new Set<unknown>();
  const requests: StepRequest[] = [];
  for (const alert of foreign) {
    try {
      requests.push(readAlert(alert, lookup));
    } catch (error) {
      const service = lookup('service', alert.labels);
      const rejection = rejectionOf(error, service);
      rejections.set(`${rejection.service}\n${rejection.message}`, rejection);
      if (lookup('scale', alert.labels) === 'up') unreadableUps.add(service);
    }
  }
  // Up wins, also one that cannot be read: its service must not go down instead.
  const wanted = requests.filter(
    ({ service, direction }) => direction === 'up' || !unreadableUps.has(service),
  );
  return { ...mergeByService(wanted), rejections: [...rejections.values()] };
}

function heldPayload(isOwn: boolean, lookup: FieldLookup): HeldPayload {
  const service = printableService(lookup('service'));
  return isOwn
    ? {
        reason: 'own-alert',
        service,
        message: `An outcome of this scaler (${OWN_ALERT_NAME}) does not scale`,
      }
    : { reason: 'resolved', service, message: 'No alert of the payload is firing: nothing to scale' };
}

function readAlert({ labels }: PayloadAlert, lookup: FieldLookup): StepRequest {
  const service = readService(lookup('service', labels));
  const direction = readDirection(lookup('scale', labels));
  requireServiceType(lookup('type', labels));
  return {
    kind: 'step',
    service,
    direction,
    steps: [readStep(lookup('by', labels))],
    origin: 'alert',
    cause: `alert ${printable(labels.alertname ?? 'without a name')}`,
    dryRun: readDryRun(lookup('dryRun', labels)),
  };
}

function mergeByService(requests: readonly StepRequest[]): Pick<Decoded, 'requests' | 'warnings'> {
  const byService = new Map<string, StepRequest[]>();
  for (const request of requests) {
    const others = byService.get(request.service);
    if (others) others.push(request);
    else byService.set(request.service, [request]);
  }
  const groups = [...byService.values()];
  return { requests: groups.map(merge), warnings: groups.filter(isContradictory).map(contradiction) };
}

function merge(group: readonly StepRequest[]): StepRequest {
  const up = group.filter(({ direction }) => direction === 'up');
  const winners = up.length > 0 ? up : group;
  return {
    ...(winners[0] as StepRequest),
    steps: winners.flatMap(({ steps }) => steps),
    dryRun: winners.every(({ dryRun }) => dryRun),
  };
}

const isContradictory = (group: readonly StepRequest[]): boolean =>
  new Set(group.map(({ direction }) => direction)).size > 1;

const contradiction = (group: readonly StepRequest[]): string =>
  `${group[0]?.service} is asked to scale up and down in one payload: up wins`;
