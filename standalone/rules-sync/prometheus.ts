import type { JSONSchemaType } from 'ajv';
import { compileSchema } from '#core/compile-schema.ts';
import { type Fetch, reasonOf } from '#core/notifications/channel.ts';
import { printable } from '#core/values.ts';
import type { RuleGroup } from './rule-groups.ts';
import { within } from './within.ts';

/** The Prometheus whose rules are kept, as far as that takes. */
export interface Prometheus {
  /** @throws {PrometheusError} `unavailable` when it is not there, or still starting */
  requireReady(stop: AbortSignal): Promise<void>;
  /** Resolves once it runs with what its files say now. @throws {PrometheusError} */
  reload(stop: AbortSignal): Promise<void>;
  /** The groups of alerting rules that it runs. @throws {PrometheusError} `unavailable` */
  listGroups(stop: AbortSignal): Promise<readonly RuleGroup[]>;
}

/**
 * - `unavailable`: no answer, or none that makes sense; it is not known what it did
 * - `refused`: it goes on with what it had
 * - `incomplete`: it reloaded, but does not read our file
 */
export type PrometheusErrorKind = 'unavailable' | 'refused' | 'incomplete';

export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
  readonly kind: PrometheusErrorKind;

  constructor(kind: PrometheusErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

const ANSWER_MS = 5000;
/** It answers only when it is done, and reads its write-ahead log in between when it has much to do. */
const RELOAD_MS = 30_000;

interface RulesAnswer {
  readonly data: {
    readonly groups: readonly {
      readonly name: string;
      readonly rules: readonly { readonly name: string }[];
    }[];
  };
}

const NAMED = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } as const;

const SCHEMA: JSONSchemaType<RulesAnswer> = {
  type: 'object',
  required: ['data'],
  properties: {
    data: {
      type: 'object',
      required: ['groups'],
      properties: {
        groups: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'rules'],
            properties: { name: { type: 'string' }, rules: { type: 'array', items: NAMED } },
          },
        },
      },
    },
  },
};

const isRulesAnswer = compileSchema(SCHEMA);

/** @param address `PROMETHEUS_ADDRESS`, with the prefix of its routes if it has one */
export function createPrometheus(address: string, fetch: Fetch): Prometheus {
  const call = (path: string, timeoutMs: number, stop: AbortSignal, method = 'GET') =>
    within(timeoutMs, stop, async (signal) => {
      const response = await fetch(`${address}${path}`, { method, redirect: 'error', signal });
      return { status: response.status, isOk: response.ok, text: await response.text() };
    }).catch((error: unknown) => {
      throw new PrometheusError('unavailable', `Prometheus at ${address}: ${reasonOf(error)}`, {
        cause: error,
      });
    });

  return {
    async requireReady(stop) {
      const { status, isOk, text } = await call('/-/ready', ANSWER_MS, stop);
      if (!isOk) throw new PrometheusError('unavailable', `Prometheus is not ready: ${words(status, text)}`);
    },

    async reload(stop) {
      const { status, isOk, text } = await call('/-/reload', RELOAD_MS, stop, 'POST');
      if (isOk) return;
      const hint = status === 403 ? ' (expected it to run with --web.enable-lifecycle)' : '';
      throw new PrometheusError('refused', `Prometheus did not reload: ${words(status, text)}${hint}`);
    },

    async listGroups(stop) {
      const { status, text } = await call('/api/v1/rules?type=alert', ANSWER_MS, stop);
      const answer = parseJson(text);
      if (!isRulesAnswer(answer))
        throw new PrometheusError('unavailable', `Prometheus did not list its rules: ${words(status, text)}`);
      return answer.data.groups.map(({ name, rules }) => ({ name, alerts: rules.map((rule) => rule.name) }));
    },
  };
}

const words = (status: number, text: string): string => `HTTP ${status}: ${printable(text.trim())}`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
