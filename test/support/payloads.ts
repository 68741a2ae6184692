import { readFileSync } from 'node:fs';

const FOLDER = new URL('../fixtures/alertmanager/', import.meta.url);

/** A body as a real Alertmanager posted it, byte for byte. */
export const recordedPayload = (name: string): Buffer => readFileSync(new URL(`${name}.json`, FOLDER));

interface AlertParts {
  readonly status?: unknown;
  readonly labels?: Readonly<Record<string, unknown>>;
}

/** A webhook of alerts that are firing unless they say otherwise; `parts` are the payload's other fields. */
export const webhookOf = (
  alerts: readonly AlertParts[],
  parts: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  version: '4',
  status: 'firing',
  truncatedAlerts: 0,
  groupLabels: {},
  commonLabels: {},
  alerts: alerts.map(({ status = 'firing', labels = {} }) => ({ status, labels, annotations: {} })),
  ...parts,
});
