import { expect } from 'chai';
import { alertsOfReport, createAlertmanagerChannel } from '#core/notifications/alertmanager.ts';
import type { OutcomeReport } from '#core/notifications/notification.ts';
import { startRecorder } from '../../support/recorder.ts';
import { NOW, seconds } from '../../support/service.ts';

const report: OutcomeReport = {
  id: 'request-1',
  outcomes: [
    {
      status: 'success',
      service: 'web',
      request: 'Scale service up: web',
      summary: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
      outcome: 'scaled',
      reason: 'step',
    },
    {
      status: 'error',
      service: 'bad_request',
      request: 'Incorrect request',
      summary: 'No service name in request',
      outcome: 'rejected',
      reason: 'bad-request',
    },
  ],
};

const ALERTS = [
  {
    labels: { alertname: 'scale_service', service: 'web', status: 'success', id: 'request-1' },
    annotations: {
      summary: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
      request: 'Scale service up: web',
    },
    startsAt: '2026-01-31T12:00:00.000Z',
    endsAt: '2026-01-31T12:01:00.000Z',
  },
  {
    labels: { alertname: 'scale_service', service: 'bad_request', status: 'error', id: 'request-1' },
    annotations: { summary: 'No service name in request', request: 'Incorrect request' },
    startsAt: '2026-01-31T12:00:00.000Z',
    endsAt: '2026-01-31T12:01:00.000Z',
  },
];

describe('outcomes as alerts', () => {
  it('have the labels and annotations of the contract, and end after their lifetime', () => {
    expect(alertsOfReport(report, seconds(60), NOW)).to.deep.equal(ALERTS);
  });

  it('are different alerts for each request, so that a second step does not vanish', () => {
    const [first] = alertsOfReport(report, 1, NOW);
    const [second] = alertsOfReport({ ...report, id: 'request-2' }, 1, NOW);
    expect(first?.labels).to.not.deep.equal(second?.labels);
  });
});

describe('two errors without a service in one request', () => {
  it('are two alerts', () => {
    const [, error] = report.outcomes;
    const twice = error ? [error, { ...error, summary: 'No scale direction in request' }] : [];
    const ids = alertsOfReport({ ...report, outcomes: twice }, 1, NOW).map(({ labels }) => labels.id);
    expect(ids).to.deep.equal(['request-1', 'request-1-2']);
  });
});

describe('the channel to Alertmanager', () => {
  async function deliverTo(addresses: readonly string[]) {
    const failures: string[] = [];
    const channel = createAlertmanagerChannel({
      addresses,
      lifetimeMs: seconds(60),
      fetch,
      now: () => NOW,
      onFailure: (message) => failures.push(message),
    });
    await channel.deliver({ report, notifications: [] }, AbortSignal.timeout(1000));
    return failures;
  }

  it('posts to every member of a cluster, to API v2, below its prefix', async () => {
    const recorders = [await startRecorder(), await startRecorder()];
    try {
      const failures = await deliverTo(
        recorders.map(({ url }, index) => (index === 0 ? url : `${url}/prefix`)),
      );
      expect(failures).to.deep.equal([]);
      expect(recorders.flatMap(({ requests }) => requests.map(({ path }) => path))).to.deep.equal([
        '/api/v2/alerts',
        '/prefix/api/v2/alerts',
      ]);
      for (const recorder of recorders) {
        expect(recorder.requests[0]?.headers['content-type']).to.equal('application/json');
        expect(recorder.bodies()).to.deep.equal([ALERTS]);
      }
    } finally {
      for (const recorder of recorders) await recorder.close();
    }
  });

  it('is content when one member takes them, and tells which did not', async () => {
    const recorder = await startRecorder();
    try {
      const failures = await deliverTo(['http://127.0.0.1:1', recorder.url]);
      expect(recorder.requests).to.have.lengthOf(1);
      expect(failures).to.have.lengthOf(1);
      expect(failures[0]).to.match(/^http:\/\/127\.0\.0\.1:1: /);
    } finally {
      await recorder.close();
    }
  });

  it('fails when no member takes them, with what they said', async () => {
    const recorder = await startRecorder({ status: 410, answer: 'API v1 is gone' });
    const failure = await deliverTo([recorder.url])
      .catch((error: Error) => error.message)
      .finally(() => recorder.close());
    expect(failure).to.equal(`${recorder.url}: answered HTTP 410: API v1 is gone`);
  });
});
