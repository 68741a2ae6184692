import { expect } from 'chai';
import { type Recorder, startRecorder } from '../support/recorder.ts';
import { AUTHORIZED, type Served, serve } from './served.ts';

const ORDER = '/function/scale-service?service=web&scale=up';
const MESSAGE = 'Scaling web from 2 to 3 replicas (min: 1, max: 5)';

describe('the standalone server tells people', () => {
  let recorder: Recorder;
  let served: Served | undefined;

  beforeEach(async () => {
    recorder = await startRecorder({ answer: '{"notified":true}' });
  });

  afterEach(async () => {
    await served?.close();
    await recorder.close();
  });

  it('in Slack, in the same process', async () => {
    served = await serve({ secrets: { slackWebhookUrl: `${recorder.url}/services/T0/B0/x` } });
    const { body } = await served.call(ORDER);
    expect(body).to.include({ status: 'OK', notified: true });
    expect(recorder.requests.map(({ path }) => path)).to.deep.equal(['/services/T0/B0/x']);
    expect(recorder.bodies()).to.deep.equal([
      {
        attachments: [
          {
            color: 'good',
            fallback: `scale_service: Scale service up: web\n${MESSAGE}`,
            title: 'scale_service: Scale service up: web',
            text: MESSAGE,
          },
        ],
      },
    ]);
  });

  it('through Alertmanager, in the same process', async () => {
    served = await serve({ env: { ALERTMANAGER_ADDRESS: recorder.url } });
    const { body } = await served.call(ORDER);
    expect(body).to.include({ status: 'OK', notified: true });
    expect(recorder.requests.map(({ path }) => path)).to.deep.equal(['/api/v2/alerts']);
    const [[alert]] = recorder.bodies() as [[{ labels: object; annotations: object }]];
    expect(alert.labels).to.include({ alertname: 'scale_service', service: 'web', status: 'success' });
    expect(alert.annotations).to.deep.equal({ summary: MESSAGE, request: 'Scale service up: web' });
  });

  it('of what was done in the background', async () => {
    served = await serve({ secrets: { slackWebhookUrl: recorder.url } });
    await served.call(ORDER.replace('/function', '/async-function'));
    await served.close();
    expect(recorder.requests).to.have.length(1);
  });

  it('of an alert that is posted to notify itself', async () => {
    served = await serve({ secrets: { slackWebhookUrl: recorder.url } });
    const alert = { status: 'firing', labels: { alertname: 'NodeDown' }, annotations: { summary: 'It is' } };
    const { body } = await served.call('/function/notify', { body: JSON.stringify({ alerts: [alert] }) });
    expect(body).to.include({ status: 'OK', notified: true });
    expect(recorder.bodies()).to.have.nested.property('[0].attachments[0].text', 'It is');
  });

  it('through the gateway of GATEWAY_URL, with its own token', async () => {
    served = await serve({
      env: { GATEWAY_URL: recorder.url },
      secrets: { slackWebhookUrl: 'http://127.0.0.1:9/not-from-here' },
    });
    const { body } = await served.call(ORDER);
    expect(body).to.include({ status: 'OK', notified: true });
    const [request] = recorder.requests;
    expect(recorder.requests).to.have.length(1);
    expect(request).to.include({ method: 'POST', path: '/function/notify' });
    expect(request?.headers).to.include(AUTHORIZED);
    expect(recorder.bodies()).to.have.nested.property('[0].outcomes[0].summary', MESSAGE);
  });

  it('through another standalone server', async () => {
    const other = await serve({ secrets: { slackWebhookUrl: recorder.url } });
    try {
      served = await serve({ env: { GATEWAY_URL: other.url } });
      expect((await served.call(ORDER)).body).to.include({ notified: true });
      expect(recorder.bodies()).to.have.nested.property('[0].attachments[0].text', MESSAGE);
    } finally {
      await other.close();
    }
  });

  it('or says that it could not, and the step stands', async () => {
    served = await serve({ secrets: { slackWebhookUrl: 'http://127.0.0.1:9/nobody-listens' } });
    const { status, body } = await served.call(ORDER);
    expect(status).to.equal(200);
    expect(body).to.include({ status: 'OK', notified: false });
    expect(served.swarm.get('web').replicas).to.equal(3);
  });
});
