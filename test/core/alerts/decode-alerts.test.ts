import { expect } from 'chai';
import { decode } from '#core/alerts/decode.ts';
import { eventOf } from '../../support/event.ts';
import { webhookOf } from '../../support/payloads.ts';

const decodeBody = (body: unknown, query = {}) => decode(eventOf({ body, query }));

const web = { alertname: 'cpu', service: 'web', scale: 'up' };

describe('a webhook', () => {
  it('is read with fields that Alertmanager adds with its releases', () => {
    const body = webhookOf([{ labels: web }], {
      notification_reason: 'repeat',
      groupKey: {},
      receiver: null,
    });
    expect(decodeBody(body).requests).to.have.lengthOf(1);
  });

  it('takes a field from the group, else from what is common, else from each alert', () => {
    const body = webhookOf([{ labels: { ...web, by: '7', type: 'node' } }, { labels: web }], {
      groupLabels: { service: 'of-group' },
      commonLabels: { service: 'of-common', type: 'service', scale: 'down' },
    });
    const { requests, rejections } = decodeBody(body);
    expect(rejections).to.deep.equal([]);
    expect(requests).to.have.lengthOf(1);
    expect(requests[0]).to.deep.include({
      service: 'of-group',
      direction: 'down',
      steps: [{ kind: 'count', count: 7 }, { kind: 'labelled' }],
    });
  });

  it('takes an empty label for none, as Prometheus does', () => {
    const body = webhookOf([{ labels: { ...web, by: '', type: '' } }], {
      groupLabels: { service: '', scale: '' },
    });
    expect(decodeBody(body).requests[0]).to.include({ service: 'web', direction: 'up' });
  });

  it('has each field replaced by the query, in each alert that is firing', () => {
    const body = webhookOf([
      { labels: { ...web, by: '7' } },
      { labels: { ...web, service: 'api', scale: 'down' } },
      { status: 'resolved', labels: { ...web, service: 'gone' } },
    ]);
    const { requests } = decodeBody(body, { scale: 'down', by: '3' });
    const steps = [{ kind: 'count', count: 3 }];
    expect(requests.map(({ service }) => service)).to.deep.equal(['web', 'api']);
    for (const request of requests) expect(request).to.deep.include({ direction: 'down', steps });
  });

  it('stays an alert whatever the query says, also when none is firing', () => {
    const query = { service: 'web', scale: 'up', by: '1' };
    expect(decodeBody(webhookOf([{ labels: {} }]), query).requests[0]).to.include({ origin: 'alert' });
    expect(decodeBody(webhookOf([{ status: 'resolved' }]), query).held?.reason).to.equal('resolved');
  });

  it('with an empty list of alerts is an order', () => {
    const body = webhookOf([], { groupLabels: { service: 'web', scale: 'up' } });
    expect(decodeBody(body).requests[0]).to.include({ origin: 'order' });
  });

  it('cannot set an absolute count', () => {
    const { requests, rejections } = decodeBody(webhookOf([{ labels: web }]), { to: '3' });
    expect(requests).to.deep.equal([]);
    expect(rejections[0]?.message).to.match(/^Incorrect to in request: .* explicit orders/);
  });

  it('that asks one service up and down asks it up, and says so', () => {
    const down = { labels: { ...web, scale: 'down', by: '9' } };
    const up = { labels: { ...web, by: '2' } };
    for (const alerts of [
      [up, down],
      [down, up],
    ]) {
      const { requests, warnings } = decodeBody(webhookOf(alerts));
      expect(requests).to.have.lengthOf(1);
      expect(requests[0]).to.deep.include({ direction: 'up', steps: [{ kind: 'count', count: 2 }] });
      expect(warnings).to.deep.equal(['web is asked to scale up and down in one payload: up wins']);
    }
  });

  it('that asks up in a way that cannot be read does not move the service down either', () => {
    const body = webhookOf([{ labels: { ...web, by: 'x' } }, { labels: { ...web, scale: 'down' } }]);
    const { requests, rejections } = decodeBody(body);
    expect(requests).to.deep.equal([]);
    expect(rejections[0]).to.include({ service: 'web' });
  });

  it('is a rehearsal only for services that no alert wants moved for real', () => {
    const rehearsed = { labels: { ...web, dryRun: 'true' } };
    const other = { labels: { ...web, service: 'api', dryRun: 'true' } };
    const { requests } = decodeBody(webhookOf([rehearsed, { labels: web }, other]));
    expect(requests.map(({ service, dryRun }) => [service, dryRun])).to.deep.equal([
      ['web', false],
      ['api', true],
    ]);
  });

  it('of our own outcomes is held, so that no loop can start', () => {
    const own = { labels: { ...web, alertname: 'scale_service', status: 'success' } };
    const { requests, rejections, held } = decodeBody(webhookOf([own, own]));
    expect({ requests, rejections }).to.deep.equal({ requests: [], rejections: [] });
    expect(held?.reason).to.equal('own-alert');
  });

  it('of our own outcomes among others scales for the others', () => {
    const own = { labels: { ...web, alertname: 'scale_service', service: 'own' } };
    const { requests, held } = decodeBody(webhookOf([own, { labels: web }]));
    expect(requests.map(({ service }) => service)).to.deep.equal(['web']);
    expect(held).to.equal(undefined);
  });

  it('rejects an alert that cannot be read by itself, once for the same fault, and reads the others', () => {
    const wrong = { labels: { ...web, service: 'wrong', scale: 'sideways' } };
    const nameless = { labels: { alertname: 'cpu', scale: 'up' } };
    const { requests, rejections } = decodeBody(webhookOf([wrong, wrong, nameless, { labels: web }]));
    expect(requests.map(({ service }) => service)).to.deep.equal(['web']);
    expect(rejections).to.deep.equal([
      {
        service: 'wrong',
        message: 'Incorrect scale direction in request: "sideways"; expected up or down',
      },
      { service: undefined, message: 'No service name in request' },
    ]);
  });

  it('for another kind of scaler is refused', () => {
    const { requests, rejections } = decodeBody(webhookOf([{ labels: { ...web, type: 'node' } }]));
    expect(requests).to.deep.equal([]);
    expect(rejections[0]?.message).to.equal('Incorrect type in request: "node"; expected service');
  });

  it('warns of alerts that Alertmanager left out', () => {
    const { warnings } = decodeBody(webhookOf([{ labels: web }], { truncatedAlerts: 3 }));
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.match(/leaves out 3 alerts \(truncatedAlerts\)/);
  });

  it('warns of a version that is not Alertmanager\'s, as Grafana\'s "1"', () => {
    for (const version of ['1', 1, '5', '', null]) {
      const { requests, warnings } = decodeBody(webhookOf([{ labels: web }], { version }));
      expect(requests).to.have.lengthOf(1);
      expect(warnings[0], String(version)).to.match(/^The payload has version ".*"; expected .*"4"$/);
    }
    for (const version of ['4', 4]) {
      expect(decodeBody(webhookOf([{ labels: web }], { version })).warnings).to.deep.equal([]);
    }
  });

  it('of ten thousand alerts for one service is one request', () => {
    const { requests } = decodeBody(webhookOf(Array.from({ length: 10_000 }, () => ({ labels: web }))));
    expect(requests).to.have.lengthOf(1);
  });

  it('of ten thousand services is as many requests', () => {
    const alerts = Array.from({ length: 10_000 }, (_, n) => ({ labels: { ...web, service: `web-${n}` } }));
    expect(decodeBody(webhookOf(alerts)).requests).to.have.lengthOf(10_000);
  });
});
