import { expect } from 'chai';
import type { AlertContext } from '../../../functions/alert-rules/shortcuts/shortcut.ts';
import { SHORTCUTS } from '../../../functions/alert-rules/shortcuts/table.ts';
import { BUILT_IN } from './built-in.ts';

const S: AlertContext = { service: 'S', replicas: 3, isScraped: true, alertName: 'n', alertFor: '' };

const expand = (shortcut: string, context = S) => {
  const [name = '', values] = shortcut.split(':');
  return SHORTCUTS.get(name)?.(values === undefined ? [] : values.split(','), context);
};

describe('the built-in shortcuts', () => {
  for (const { shortcut, expr, summary, labels } of BUILT_IN) {
    it(`expands ${shortcut}`, () => {
      expect(expand(shortcut)).to.deep.equal({
        expr,
        labels: { receiver: 'system', service: 'S', ...labels },
        annotations: { summary },
      });
    });
  }

  it('are all in the table above', () => {
    const listed = new Set(BUILT_IN.map(({ shortcut }) => shortcut.split(':')[0]));
    expect([...SHORTCUTS.keys()]).to.have.members([...listed]);
  });

  it('matches a whole number of seconds as Prometheus 2 and as Prometheus 3 store it', () => {
    expect(expand('@resp_time_above:1,5m,0.99')?.expr).to.contain('le=~"1|1[.]0"');
  });

  it('writes numbers in the form in which the buckets of a histogram are stored', () => {
    expect(expand('@resp_time_above:0.10,5m,.5')?.expr).to.match(/le="0\.1".* < 0\.5$/);
  });

  for (const [shortcut, message] of [
    ['@resp_time_above:0.1,5m', 'the shortcut got 2 values; expected 3: seconds,range,ratio'],
    ['@resp_time_above', 'the shortcut got 0 values; expected 3'],
    ['@service_mem_limit:0.8,5m', 'the shortcut got 2 values; expected 1: ratio'],
    ['@replicas_running:3', 'the shortcut got 1 values; expected none'],
    ['@service_mem_limit:80', 'ratio="80" cannot be used: expected a ratio from 0 to 1, such as 0.8 for 80%'],
    ['@service_mem_limit:80%', 'expected a ratio from 0 to 1'],
    ['@service_mem_limit:', 'expected a ratio from 0 to 1'],
    ['@resp_time_above:fast,5m,0.9', 'seconds="fast" cannot be used: expected a number'],
    ['@resp_time_above:-1,5m,0.9', 'expected a number'],
    ['@resp_time_above:0.1,5,0.9', 'range="5" cannot be used: expected a duration above zero with its unit'],
    ['@idle:0s', 'expected a duration above zero'],
    ['@idle:five minutes', 'expected a duration'],
    ['@idle:9999y', 'expected a duration such as 90s'],
    ['@queue_above:100', 'the shortcut got 1 values; expected 2: metric,number'],
    ['@queue_above:my-queue,100', 'metric="my-queue" cannot be used: expected the name of a metric'],
    ['@requests_above:1e999,5m', 'expected a number'],
  ] as const) {
    it(`refuses ${shortcut}`, () => {
      expect(() => expand(shortcut)).to.throw(message);
    });
  }

  it('cannot compare the replicas of a service that has no number of them', () => {
    expect(() => expand('@replicas_running', { ...S, replicas: undefined })).to.throw(
      'expected a replicated service',
    );
  });

  it('cannot count the replicas of a service that Prometheus does not scrape', () => {
    expect(() => expand('@replicas_less_than', { ...S, isScraped: false })).to.throw(
      'expected com.df.scrapePort',
    );
  });
});
