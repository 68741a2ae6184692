import { expect } from 'chai';
import { expandAlertIf } from '../../functions/alert-rules/alert-if.ts';
import type { AlertContext, Expansion } from '../../functions/alert-rules/shortcuts/shortcut.ts';

const CONTEXT: AlertContext = { service: 'S', replicas: 3, isScraped: true, alertName: 'n', alertFor: '' };

const shortcut =
  (expr: string, labels: Record<string, string>, annotations: Record<string, string> = {}) =>
  (): Expansion => ({
    expr,
    labels,
    annotations: { summary: expr, ...annotations },
  });

const SHORTCUTS = new Map([
  ['@up', shortcut('a > 1', { service: 'S', scale: 'up', type: 'service' }, { runbook: 'http://a' })],
  ['@up_too', shortcut('b > 1', { service: 'S', scale: 'up', type: 'node' }, { runbook: 'http://b' })],
  ['@down', shortcut('c < 1', { service: 'S', scale: 'down' })],
  ['@notice', shortcut('d > 1', { service: 'S' })],
  ['@mute', () => ({ expr: 'e > 1', labels: {}, annotations: {} })],
  [
    '@echo',
    (values: readonly string[]) => ({ expr: values.join(' + ') || '0', labels: {}, annotations: {} }),
  ],
  ['@broken', shortcut('rate(up)', {})],
]);

const expand = (text: string, hasOwnScale = false) =>
  expandAlertIf(text, CONTEXT, { shortcuts: SHORTCUTS, hasOwnScale });

describe('expandAlertIf', () => {
  it('takes PromQL as it stands, without labels', () => {
    expect(expand(' up == 0\n')).to.deep.equal({ expr: 'up == 0', labels: {}, annotations: {} });
  });

  it('keeps the words of an operator in the names of metrics', () => {
    expect(expand('jobs_and_tasks_or_more > 1').expr).to.equal('jobs_and_tasks_or_more > 1');
    expect(expand('@echo:jobs_and_tasks').expr).to.equal('jobs_and_tasks');
  });

  it('hands the values to a shortcut, without the spaces around them', () => {
    expect(expand('@echo: a:b , c').expr).to.equal('a:b + c');
    expect(expand('@echo').expr).to.equal('0');
    expect(expand('@echo:').expr).to.equal('0');
  });

  it('lets A_unless_B have the labels and annotations of A, and the summaries of both', () => {
    expect(expand('@up_unless_@down')).to.deep.equal({
      expr: '(a > 1) unless on() (c < 1)',
      labels: { service: 'S', scale: 'up', type: 'service' },
      annotations: { summary: 'a > 1 unless c < 1', runbook: 'http://a' },
    });
  });

  it('keeps of A_and_B and A_or_B what both agree on', () => {
    expect(expand('@up_and_@up_too')).to.deep.equal({
      expr: '(a > 1) and on() (b > 1)',
      labels: { service: 'S', scale: 'up' },
      annotations: { summary: 'a > 1 and b > 1' },
    });
    expect(expand('@up_or_@up_too').expr).to.equal('(a > 1) or (b > 1)');
  });

  it('joins more than two, with what stands behind unless left out of the labels', () => {
    const { expr, labels } = expand('@up _or_ @up_too_unless_@down_and_@up');
    expect(expr).to.equal('(a > 1) or (b > 1) unless on() (c < 1) and on() (a > 1)');
    expect(labels).to.deep.equal({ service: 'S', scale: 'up' });
  });

  it('drops a summary that only some of the parts have', () => {
    expect(expand('@notice_and_@mute').annotations).to.deep.equal({});
    expect(expand('@notice_unless_@mute').annotations).to.deep.equal({ summary: 'd > 1' });
  });

  for (const [text, scales] of [
    ['@up_or_@down', 'up, down'],
    ['@up_and_@notice', 'up, none'],
  ] as const) {
    it(`asks for alertLabels where ${text} disagrees on the scale`, () => {
      expect(() => expand(text)).to.throw(`disagree on the label scale (${scales}); expected alertLabels`);
    });

    it(`leaves the scale of ${text} to the alert's own labels, where they have one`, () => {
      expect(expand(text, true).labels).to.deep.equal({ service: 'S' });
    });
  }

  for (const [text, message] of [
    ['', 'expected PromQL, or a shortcut such as @resp_time_above'],
    ['@unknown:1', 'there is no shortcut "@unknown"; expected one of @up, @up_too, '],
    ['@up_unless_up == 0', 'there is no shortcut "@up_unless_up == 0"'],
    ['@up_and_@unknown', 'there is no shortcut "@unknown"'],
    ['sum(up', 'expected PromQL'],
    ['@broken', 'rate() got an instant vector'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => expand(text)).to.throw(message);
    });
  }
});
