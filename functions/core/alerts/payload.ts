import type { ErrorObject } from 'ajv';
import { compileSchema } from '#core/compile-schema.ts';
import { RequestError } from '#core/errors.ts';
import { printable } from '#core/values.ts';

export type Labels = Readonly<Record<string, unknown>>;

/** One alert of a webhook; Alertmanager sends more fields, and more with every release. */
export interface PayloadAlert {
  readonly status: string;
  readonly labels: Labels;
  readonly annotations?: Labels | null;
}

/**
 * A body as Alertmanager posts it (`alerts` is not empty), or an explicit order with `groupLabels` alone.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export interface Payload {
  readonly alerts?: readonly PayloadAlert[] | null;
  readonly groupLabels?: Labels | null;
  readonly commonLabels?: Labels | null;
  readonly version?: unknown;
  readonly truncatedAlerts?: unknown;
  readonly dryRun?: unknown;
}

/** What a client in Go has nothing to put into, it sends as null. */
const nullable = true;

const labels = { type: 'object', nullable };

const SCHEMA = {
  type: 'object',
  properties: {
    alerts: {
      type: 'array',
      nullable,
      items: {
        type: 'object',
        required: ['status', 'labels'],
        properties: { status: { type: 'string' }, labels: { type: 'object' }, annotations: labels },
      },
    },
    groupLabels: labels,
    commonLabels: labels,
  },
};

const isPayload = compileSchema<Payload>(SCHEMA);

const EXPECTED = 'expected an Alertmanager webhook or {"groupLabels":{"service":…,"scale":…}}';

/**
 * Reads a body; an empty one is an empty payload, because an order may stand in the query alone.
 * @throws {RequestError} `bad-request` that names the field that is wrong and what was expected
 */
export function readPayload(rawBody: Buffer): Payload {
  const text = rawBody.toString().trim();
  if (text === '') return {};
  const body = parseJson(text);
  if (isPayload(body)) return body;
  throw new RequestError(
    'bad-request',
    `Unable to recognize POST body: ${explain(isPayload.errors)}; ${EXPECTED}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = printable(error instanceof Error ? error.message : String(error));
    throw new RequestError(
      'bad-request',
      `Unable to recognize POST body: it is not JSON (${reason}); ${EXPECTED}`,
      {
        cause: error,
      },
    );
  }
}

function explain(errors: readonly ErrorObject[] | null | undefined): string {
  const [first] = errors ?? [];
  const field = first?.instancePath.slice(1).replaceAll('/', '.') || 'the body';
  return `${field} ${first?.message}`;
}
