import { expect } from 'chai';
import { keyOf, readAlertLabels, strayKeys } from '../../../functions/alert-rules/labels/alert-labels.ts';

describe('readAlertLabels', () => {
  it('reads the plain form first, then the numbered ones by number, with gaps', () => {
    const alerts = readAlertLabels({
      'com.df.alertName.10': 'tenth',
      'com.df.alertName.2': 'second',
      'com.df.alertIf.2': 'up == 0',
      'com.df.alertName': 'plain',
      'com.df.alertFor': '5m',
      'com.df.notify': 'true',
    });
    expect(alerts.map(({ number, parts }) => [number, Object.fromEntries(parts)])).to.deep.equal([
      [undefined, { Name: 'plain', For: '5m' }],
      ['2', { Name: 'second', If: 'up == 0' }],
      ['10', { Name: 'tenth' }],
    ]);
  });

  it('keeps 01 apart from 1, in an order that does not depend on that of the labels', () => {
    const one = readAlertLabels({ 'com.df.alertName.01': 'b', 'com.df.alertName.1': 'a' });
    const other = readAlertLabels({ 'com.df.alertName.1': 'a', 'com.df.alertName.01': 'b' });
    expect(one.map(({ number }) => number)).to.deep.equal(['1', '01']);
    expect(other).to.deep.equal(one);
  });

  it('names the keys of both forms', () => {
    expect(keyOf('If', undefined)).to.equal('com.df.alertIf');
    expect(keyOf('Annotations', '3')).to.equal('com.df.alertAnnotations.3');
  });
});

describe('strayKeys', () => {
  it('finds slips, and leaves what is known alone', () => {
    const keys = ['alertLabel', 'alertif', 'alertName.one', 'alertIf.1', 'alertPersistent.1', 'notify'];
    const labels = Object.fromEntries(keys.map((key) => [`com.df.${key}`, 'x']));
    expect(strayKeys(labels)).to.deep.equal(['com.df.alertLabel', 'com.df.alertName.one', 'com.df.alertif']);
  });
});
