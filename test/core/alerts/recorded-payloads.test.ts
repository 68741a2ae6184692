import { expect } from 'chai';
import { decode } from '#core/alerts/decode.ts';
import { eventOf } from '../../support/event.ts';
import { recordedPayload } from '../../support/payloads.ts';

const decodeBody = (body: Buffer) => decode(eventOf({ body }));

describe('a webhook that Alertmanager really sent', () => {
  const labelled = { kind: 'labelled' };
  const single = {
    kind: 'step',
    service: 'go-demo_main',
    direction: 'up',
    steps: [labelled],
    origin: 'alert',
    cause: 'alert godemo_main_resp_time_above',
    dryRun: false,
  };

  it('of one alert is one request', () => {
    expect(decodeBody(recordedPayload('scale-firing-single'))).to.deep.equal({
      requests: [single],
      rejections: [],
      warnings: [],
      dryRun: false,
    });
  });

  it('of a group of three alerts for one service is one request', () => {
    const { requests } = decodeBody(recordedPayload('scale-firing-group-of-3'));
    expect(requests).to.have.lengthOf(1);
    expect(requests[0]).to.include({ service: 'web', direction: 'up', cause: 'alert resp_above' });
  });

  it('of one resolved and two firing alerts scales for those that are firing', () => {
    const { requests } = decodeBody(recordedPayload('scale-firing-group-mixed-1resolved-2firing'));
    expect(requests.map(({ service }) => service)).to.deep.equal(['web']);
    expect(requests[0]).to.deep.include({ steps: [labelled, labelled] });
  });

  it('that says only that an alert is resolved asks for nothing', () => {
    const { requests, rejections, held } = decodeBody(recordedPayload('scale-resolved-single'));
    expect({ requests, rejections }).to.deep.equal({ requests: [], rejections: [] });
    expect(held).to.include({ reason: 'resolved', service: 'go-demo_main' });
  });

  it("grouped by the alert's name is one request for each of its services", () => {
    const { requests, warnings } = decodeBody(recordedPayload('groupby-alertname-3services-firing'));
    expect(requests.map((request) => [request.service, request.direction])).to.deep.equal([
      ['svc-c', 'down'],
      ['svc-a', 'up'],
      ['svc-b', 'up'],
    ]);
    expect(warnings).to.deep.equal([]);
  });

  for (const direction of ['up', 'down'] as const) {
    it(`asks for ${direction} when its label says so`, () => {
      const { requests } = decodeBody(recordedPayload(`scale-firing-both-${direction}`));
      expect(requests.map((request) => [request.service, request.direction])).to.deep.equal([
        ['both', direction],
      ]);
    });
  }
});
