import { expect } from 'chai';
import fc from 'fast-check';
import { decode } from '#core/alerts/decode.ts';
import { eventOf } from '../../support/event.ts';
import { webhookOf } from '../../support/payloads.ts';

const SWARM_NAME = /^(?=.{1,63}$)[A-Za-z0-9](?:[-_]*[A-Za-z0-9]+)*$/;

/** Decoding must not throw, and whatever it lets pass must be fit for a URL. */
function requireSound(body: unknown, query: Record<string, string | string[]> = {}): void {
  const { requests, rejections, held } = decode(eventOf({ body, query }));
  for (const { service } of requests) expect(service).to.match(SWARM_NAME);
  for (const { message } of rejections) expect(message).to.match(/^\P{Cc}{1,1000}$/u);
  if (requests.length + rejections.length === 0) expect(held).to.not.equal(undefined);
  expect(new Set(requests.map(({ service }) => service)).size).to.equal(requests.length);
}

/** What JavaScript stumbles over when it makes a text or a number of it. */
const hostile = fc.constantFrom<unknown>(
  { toString: 1, valueOf: 1 },
  { toString: null },
  [[[]]],
  { toJSON: 'x' },
  JSON.parse('{"__proto__":{"service":"web"}}'),
  -0,
  1e308,
);
const labelValue = fc.oneof(
  fc.constantFrom<unknown>('web', 'api', 'up', 'down', 'service', 'true', '2', '50%', 0, 2, true, null),
  hostile,
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const labelName = fc.constantFrom('alertname', 'service', 'scale', 'by', 'to', 'type', 'dryRun', '__proto__');
const labels = fc.dictionary(labelName, labelValue);
const webhook = fc
  .tuple(
    fc.array(fc.record({ status: fc.constantFrom('firing', 'resolved', ''), labels })),
    fc.record(
      {
        groupLabels: labels,
        commonLabels: labels,
        version: labelValue,
        truncatedAlerts: labelValue,
        dryRun: labelValue,
      },
      { requiredKeys: [] },
    ),
  )
  .map(([alerts, parts]) => webhookOf(alerts, parts));
const query = fc.dictionary(
  fc.oneof(fc.constantFrom('service', 'scale', 'by', 'to', 'type', 'dryRun'), fc.string()),
  fc.oneof(fc.constantFrom('web', 'up', 'down', '2', 'true', 'service'), fc.string(), fc.array(fc.string())),
  { maxKeys: 3 },
);

describe('decoding', () => {
  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), query, (bytes, query) => requireSound(Buffer.from(bytes), query)));
  });

  it('takes any JSON', () => {
    fc.assert(fc.property(fc.json(), query, requireSound));
  });

  it('takes anything in the shape of a webhook or an order', () => {
    fc.assert(fc.property(webhook, query, requireSound), { numRuns: 500 });
    fc.assert(
      fc.property(webhook, (body) => requireSound(body)),
      { numRuns: 500 },
    );
  });

  it('takes values in which lists are nested a hundred thousand deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const field of ['service', 'scale', 'by', 'to', 'type', 'dryRun']) {
      requireSound(`{"groupLabels":{"service":"web","scale":"up","${field}":${deep}}}`);
      requireSound(`{"groupLabels":{"service":"web","to":${deep}}}`);
      requireSound(`{"alerts":[{"status":"firing","labels":{"${field}":${deep}}}]}`);
    }
  });

  for (const field of ['alertname', 'service', 'scale', 'by', 'type', 'dryRun']) {
    it(`takes a ${field} that cannot be made a text`, () => {
      const labels = { service: 'web', scale: 'up', [field]: { toString: 1, valueOf: 1 } };
      requireSound(webhookOf([{ labels }]));
      requireSound({ groupLabels: labels });
    });
  }

  it('takes a version and a count of alerts left out that cannot be made a text or a number', () => {
    const odd = { toString: 1, valueOf: 1 };
    requireSound(
      webhookOf([{ labels: { service: 'web', scale: 'up' } }], { version: odd, truncatedAlerts: odd }),
    );
  });
});
