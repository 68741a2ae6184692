import { expect } from 'chai';
import type { OutcomeReport } from '#core/notifications/notification.ts';
import { createGatewayNotify } from '#core/notifications/notify-client.ts';
import { startRecorder } from '../../support/recorder.ts';

const REPORT: OutcomeReport = { id: 'request-1', outcomes: [] };

async function callWith(answer: Parameters<typeof startRecorder>[0], token?: string) {
  const recorder = await startRecorder(answer);
  try {
    const notify = createGatewayNotify(recorder.url, token, fetch);
    const result = await notify(REPORT).catch((error: Error) => error.message.replace(recorder.url, ''));
    return { result, requests: recorder.requests };
  } finally {
    await recorder.close();
  }
}

describe('handing a report to notify', () => {
  it('goes through the gateway, with the same credentials as everybody else', async () => {
    const { result, requests } = await callWith({ answer: '{"notified":true}' }, 'token');
    expect(result).to.equal(true);
    expect(requests).to.have.lengthOf(1);
    expect(requests[0]).to.deep.include({
      method: 'POST',
      path: '/function/notify',
      body: JSON.stringify(REPORT),
    });
    expect(requests[0]?.headers).to.include({
      authorization: 'Bearer token',
      'content-type': 'application/json',
    });
  });

  it('has no credentials where none are asked for', async () => {
    const { requests } = await callWith({ answer: '{"notified":true}' });
    expect(requests[0]?.headers).to.not.have.property('authorization');
  });

  it('tells when nobody was reached', async () => {
    for (const answer of ['{"notified":false}', '{}', '{"notified":"true"}']) {
      expect((await callWith({ answer })).result).to.equal(false);
    }
  });

  it('fails with what the gateway said', async () => {
    expect((await callWith({ status: 404, answer: 'error finding function notify' })).result).to.equal(
      '/function/notify: answered HTTP 404: error finding function notify',
    );
    expect((await callWith({ status: 301 })).result).to.match(/^\/function\/notify: unexpected redirect/);
    expect((await callWith({ answer: 'null' })).result).to.match(/^\/function\/notify: /);
    expect((await callWith({ answer: '<html>' })).result).to.match(/^\/function\/notify: /);
  });

  it('fails with the reason when the gateway is not there', async () => {
    const notify = createGatewayNotify('http://127.0.0.1:1', undefined, fetch);
    const message = await notify(REPORT).catch((error: Error) => error.message);
    expect(message).to.match(/^http:\/\/127\.0\.0\.1:1\/function\/notify: (?!fetch failed)/);
  });
});
