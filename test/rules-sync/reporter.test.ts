import { expect } from 'chai';
import { PrometheusError } from '../../standalone/rules-sync/prometheus.ts';
import { createReporter, type Reporter } from '../../standalone/rules-sync/reporter.ts';
import { createSyncAlert } from '../../standalone/rules-sync/sync-alert.ts';
import { type RecordedLog, recordLog } from '../support/log.ts';
import { type Recorder, startRecorder } from '../support/recorder.ts';
import { minutes, NOW, seconds } from '../support/service.ts';

const NEVER = new AbortController().signal;
const REFUSED = new PrometheusError('refused', 'Prometheus refuses them');
const DOWN = new PrometheusError('unavailable', 'Prometheus is down');
const DELIVERED = { kind: 'delivered', alerts: 3 } as const;

describe('what people hear of rules-sync', () => {
  let alertmanager: Recorder;
  let log: RecordedLog;
  let now: number;

  beforeEach(async () => {
    alertmanager = await startRecorder();
    log = recordLog();
    now = NOW;
  });

  afterEach(() => alertmanager.close());

  function reporterTo(...addresses: readonly string[]): Reporter {
    const onFailure = (message: string) => log.logger.error(message);
    const clock = () => now;
    return createReporter(
      log.logger,
      createSyncAlert({ addresses, fetch, onFailure }, clock, onFailure),
      clock,
    );
  }

  it('is an alert at once when Prometheus refuses rules; it lasts while that does, and then ends', async () => {
    const reporter = reporterTo(alertmanager.url);
    await reporter.failed(REFUSED, NEVER);
    now += seconds(30);
    await reporter.failed(REFUSED, NEVER);
    now += seconds(30);
    await reporter.delivered(DELIVERED, NEVER);
    await reporter.delivered(DELIVERED, NEVER);

    const alertEnding = (endsAt: string) => [
      {
        labels: { alertname: 'alert_rules_reload_failed', severity: 'warning' },
        annotations: { summary: 'Prometheus refuses them' },
        startsAt: '2026-01-31T12:00:00.000Z',
        endsAt,
      },
    ];
    expect(alertmanager.requests.map(({ path }) => path)).to.deep.equal(Array(3).fill('/api/v2/alerts'));
    expect(alertmanager.bodies()).to.deep.equal([
      alertEnding('2026-01-31T12:03:00.000Z'),
      alertEnding('2026-01-31T12:03:30.000Z'),
      alertEnding('2026-01-31T12:01:00.000Z'),
    ]);
  });

  it('is no alert when a restart is over within a minute', async () => {
    const reporter = reporterTo(alertmanager.url);
    await reporter.failed(DOWN, NEVER);
    now += seconds(59);
    await reporter.failed(new Error('The engine is down'), NEVER);
    await reporter.delivered(DELIVERED, NEVER);
    now += minutes(10);
    await reporter.failed(DOWN, NEVER);
    expect(alertmanager.requests).to.deep.equal([]);
  });

  it('is an alert when anything keeps the rules from Prometheus for a minute', async () => {
    const reporter = reporterTo(alertmanager.url);
    await reporter.failed(new Error('The engine is down'), NEVER);
    now += seconds(60);
    await reporter.failed(DOWN, NEVER);
    expect(alertmanager.bodies()).to.have.nested.property('[0][0].annotations.summary', DOWN.message);
  });

  it('is in the log once for each thing that happens', async () => {
    const reporter = reporterTo(alertmanager.url);
    await reporter.failed(DOWN, NEVER);
    await reporter.failed(DOWN, NEVER);
    await reporter.delivered({ ...DELIVERED, kind: 'unchanged' }, NEVER);
    await reporter.delivered({ ...DELIVERED, kind: 'unchanged' }, NEVER);
    await reporter.delivered(DELIVERED, NEVER);
    const message = 'Prometheus runs with the rules of the labels (alerts: 3)';
    expect(log.lines.map(({ level, msg, reason }) => [level, msg, reason])).to.deep.equal([
      ['error', DOWN.message, 'prometheus-unavailable'],
      ['info', message, undefined],
      ['info', message, undefined],
    ]);
  });

  it('is in the log when Alertmanager does not take the alert; that is no other failure', async () => {
    const reporter = reporterTo('http://127.0.0.1:1');
    await reporter.failed(REFUSED, NEVER);
    expect(reporter.status()).to.deep.equal({ isInSync: false, message: REFUSED.message });
    expect(log.lines[1]?.msg).to.match(/^Alertmanager was not told: http:\/\/127\.0\.0\.1:1: /);
  });
});
