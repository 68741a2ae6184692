import { expect } from 'chai';
import { makeAlertRules } from '../../functions/alert-rules/alert-rules.ts';
import { toYaml } from '../../functions/alert-rules/rule-file.ts';
import { SHORTCUTS } from '../../functions/alert-rules/shortcuts/table.ts';
import { needPromtool, testRules } from './promtool.ts';
import { CASES } from './series/cases.ts';

/** The rule file of the service `api` with one alert, `api_it`. */
const fileOf = (labels: Readonly<Record<string, string>>): string =>
  toYaml(
    makeAlertRules(
      [
        {
          name: 'api',
          replicas: 3,
          labels: { ...labels, 'com.df.alertName': 'it', 'com.df.scrapePort': '80' },
        },
      ],
      { all: true },
    ),
  );

describe('the alerts of shortcuts, in Prometheus', () => {
  before(function () {
    needPromtool(this);
  });

  for (const { alertIf, when, series, fires } of CASES) {
    it(`${alertIf} ${fires ? 'fires' : 'holds'} when ${when}`, () => {
      const test = { name: when, series, at: '10m', firing: { api_it: fires, alert_rules_invalid: 0 } };
      expect(testRules(fileOf({ 'com.df.alertIf': alertIf }), [test])).to.equal('');
    });
  }

  it('wait for as long as alertFor says', () => {
    const yaml = fileOf({ 'com.df.alertIf': '@queue_above:jobs,1', 'com.df.alertFor': '5m' });
    const at = (time: string, count: number) => ({
      name: time,
      series: { jobs: '9x80' },
      at: time,
      firing: { api_it: count },
    });
    expect(testRules(yaml, [at('4m', 0), at('6m', 1)])).to.equal('');
  });

  it('leave one alert behind for what cannot be read', () => {
    const firing = { api_it: 0, alert_rules_invalid: 1 };
    const test = { name: 'invalid', series: {}, at: '1m', firing };
    expect(testRules(fileOf({ 'com.df.alertIf': '@idle' }), [test])).to.equal('');
  });
});

describe('the series above', () => {
  for (const name of SHORTCUTS.keys()) {
    it(`fire ${name}, and let it hold`, () => {
      const own = CASES.filter(({ alertIf }) => alertIf.split(':')[0] === name);
      expect(own.some(({ fires }) => fires > 0)).to.equal(true);
      expect(own.some(({ fires }) => fires === 0)).to.equal(true);
    });
  }
});
