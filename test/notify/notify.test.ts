import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { type Environment, loadConfig } from '#core/config/load-config.ts';
import { createChannels } from '#core/notifications/channels.ts';
import { createNotify } from '../../functions/notify/notify.ts';
import { eventOf } from '../support/event.ts';
import { recordLog } from '../support/log.ts';
import { recordedPayload } from '../support/payloads.ts';
import { type Recorder, startRecorder } from '../support/recorder.ts';

const OUTCOME = {
  status: 'success',
  service: 'go-demo_main',
  request: 'Scale service up: go-demo_main',
  summary: 'Scaling go-demo_main from 2 to 4 replicas (min: 2, max: 5)',
  outcome: 'scaled',
  reason: 'step',
  from: 2,
  to: 4,
};
const REPORT = { id: 'request-1', outcomes: [OUTCOME] };

interface Addresses {
  readonly alertmanager?: string;
  readonly slack?: string;
  readonly webhook?: string;
}

/** The function with the channels that these addresses configure. */
function notifyWith({ alertmanager, slack, webhook }: Addresses, budgetMs?: number) {
  const env: Environment = { ALERTMANAGER_ADDRESS: alertmanager };
  const secrets = { tokens: [], slackWebhookUrl: slack, webhookUrl: webhook };
  const { logger, lines } = recordLog();
  const channels = createChannels(loadConfig(env), secrets, logger, fetch);
  const { respond, report } = createNotify({ channels, logger, ...(budgetMs && { budgetMs }) });
  return {
    lines,
    report,
    async call(body: unknown) {
      const answer = await respond(eventOf({ body, headers: { 'x-call-id': 'call-1' } }));
      return { status: answer.status, body: JSON.parse(JSON.stringify(answer.body)) };
    },
  };
}

describe('notify', () => {
  let alertmanager: Recorder;
  let slack: Recorder;
  let webhook: Recorder;

  beforeEach(async () => {
    [alertmanager, slack, webhook] = await Promise.all([startRecorder(), startRecorder(), startRecorder()]);
  });

  afterEach(() => Promise.all([alertmanager, slack, webhook].map((recorder) => recorder.close())));

  const all = () => ({
    alertmanager: alertmanager.url,
    slack: `${slack.url}/services/T/B/x`,
    webhook: webhook.url,
  });

  it('tells all channels of outcomes, each in its own words, in one call each', async () => {
    const { status, body } = await notifyWith(all()).call(REPORT);
    expect({ status, body }).to.deep.equal({
      status: 200,
      body: {
        status: 'OK',
        message: 'Told alertmanager, slack, webhook',
        notified: true,
        channels: ['alertmanager', 'slack', 'webhook'].map((name) => ({ name, delivered: true })),
      },
    });
    expect(alertmanager.bodies()).to.have.nested.property('[0][0].labels.id', 'request-1');
    expect(slack.requests.map(({ path }) => path)).to.deep.equal(['/services/T/B/x']);
    expect(slack.bodies()).to.have.nested.property(
      '[0].attachments[0].title',
      'scale_service: Scale service up: go-demo_main',
    );
    expect(webhook.bodies()).to.deep.equal([REPORT]);
  });

  it('can be the receiver of an Alertmanager, and never sends its alerts back there', async () => {
    const { body } = await notifyWith(all()).call(recordedPayload('scale-firing-single'));
    expect(body).to.include({ notified: true, message: 'Told slack, webhook' });
    expect(alertmanager.requests).to.deep.equal([]);
    expect(slack.bodies()).to.have.deep.nested.property('[0].attachments[0]', {
      color: 'danger',
      title: 'godemo_main_resp_time_above: firing: go-demo_main',
      text: 'Response time of the service go-demo_main is above the limit',
      fallback:
        'godemo_main_resp_time_above: firing: go-demo_main\nResponse time of the service go-demo_main is above the limit',
    });
    expect(webhook.bodies()).to.have.nested.property(
      '[0].alerts[0].alertname',
      'godemo_main_resp_time_above',
    );
  });

  it('tells good news of resolved alerts', async () => {
    await notifyWith({ slack: slack.url }).call(recordedPayload('scale-resolved-single'));
    expect(slack.bodies()).to.have.nested.property('[0].attachments[0].color', 'good');
  });

  it('tells of a mixed group in one message', async () => {
    await notifyWith({ slack: slack.url }).call(
      recordedPayload('scale-firing-group-mixed-1resolved-2firing'),
    );
    expect(slack.requests).to.have.lengthOf(1);
    expect(slack.bodies()).to.have.nested.property('[0].attachments').with.lengthOf(2);
  });

  it('tells of an alert by its name where it has no annotations, or null for them', async () => {
    const alert = { status: 'firing', labels: { alertname: 'HighLatency' } };
    const alerts = [alert, { ...alert, annotations: null }];
    await notifyWith({ slack: slack.url }).call({ alerts });
    expect(slack.bodies()).to.have.nested.property('[0].attachments[0].text', 'HighLatency\nHighLatency');
  });

  it('has told people when one of several channels took it, and tells which did not', async () => {
    const broken = await startRecorder({ status: 500, answer: 'oops' });
    const { call, lines } = notifyWith({ ...all(), slack: `${broken.url}/secret-path` });
    const { status, body } = await call(REPORT).finally(() => broken.close());
    expect(status).to.equal(200);
    expect(body).to.include({ status: 'OK', notified: true, message: 'Told alertmanager, webhook' });
    expect(body.channels[1]).to.deep.equal({ name: 'slack', delivered: false });
    const error = lines.find(({ level }) => level === 'error');
    expect(error).to.include({
      channel: 'slack',
      callId: 'call-1',
      requestId: 'request-1',
      msg: 'slack was not told: answered HTTP 500: oops',
    });
    expect(JSON.stringify(lines)).to.not.include('secret-path');
  });

  it('fails when no channel took it, so that an Alertmanager comes back', async () => {
    const { call } = notifyWith({ slack: 'http://127.0.0.1:1/secret-path' });
    const { status, body } = await call(REPORT);
    expect(status).to.equal(503);
    expect(body).to.include({ status: 'NOK', notified: false, message: 'Nobody was told: slack failed' });
  });

  it('does not follow a channel that redirects: the address is a secret', async () => {
    const thief = await startRecorder();
    const redirecting = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(`HTTP/1.1 307 Moved\r\nLocation: ${thief.url}\r\nContent-Length: 0\r\n\r\n`);
    }).listen(0, '127.0.0.1');
    await once(redirecting, 'listening');
    const { port } = redirecting.address() as AddressInfo;
    const { body } = await notifyWith({ slack: `http://127.0.0.1:${port}` }).call(REPORT);
    redirecting.close();
    expect(body.notified).to.equal(false);
    expect(thief.requests).to.deep.equal([]);
    await thief.close();
  });

  it('does not wait longer than its time for a channel that hangs', async () => {
    const hanging = createServer(() => {}).listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    const { port } = hanging.address() as AddressInfo;
    const { call, lines } = notifyWith({ slack: `http://127.0.0.1:${port}`, webhook: webhook.url }, 50);
    const { body } = await call(REPORT);
    hanging.close();
    expect(body.channels).to.deep.equal([
      { name: 'slack', delivered: false },
      { name: 'webhook', delivered: true },
    ]);
    expect(lines.map(({ msg }) => msg)).to.include('slack was not told: no answer in time');
  });

  it('tells nobody where nothing is configured, and says so', async () => {
    const { status, body } = await notifyWith({}).call(REPORT);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      status: 'OK',
      message: 'No channel is configured for this',
      notified: false,
      channels: [],
    });
    const { body: webhookBody } = await notifyWith({ alertmanager: alertmanager.url }).call(
      recordedPayload('scale-firing-single'),
    );
    expect(webhookBody).to.include({ notified: false });
  });

  it('serves a caller in the same process', async () => {
    const report = { id: 'request-1', outcomes: [{ ...OUTCOME, status: 'success' as const }] };
    expect(await notifyWith({ slack: slack.url }).report(report)).to.equal(true);
    expect(await notifyWith({}).report(report)).to.equal(false);
    expect(await notifyWith({ slack: 'http://127.0.0.1:1' }).report(report)).to.equal(false);
  });

  const unreadable: readonly unknown[] = [
    '',
    '{',
    '[]',
    {},
    { alerts: [] },
    { outcomes: [] },
    { id: 'x', outcomes: [] },
    { outcomes: [OUTCOME] },
    { id: 'x', outcomes: [{ ...OUTCOME, status: 'great' }] },
    { id: 'x', outcomes: [{ ...OUTCOME, summary: undefined }] },
    { id: 'x', outcomes: [7], alerts: [{ status: 'firing', labels: {} }] },
  ];
  for (const body of unreadable) {
    it(`answers 400 to ${JSON.stringify(body).slice(0, 60)}, and tells nobody`, async () => {
      const answer = await notifyWith(all()).call(body);
      expect(answer.status).to.equal(400);
      expect(answer.body.status).to.equal('NOK');
      expect(answer.body.message).to.match(/^Unable to recognize POST body: .*; expected /);
      expect([...alertmanager.requests, ...slack.requests, ...webhook.requests]).to.deep.equal([]);
    });
  }
});
