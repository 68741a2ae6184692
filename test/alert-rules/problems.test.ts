import { expect } from 'chai';
import { make, problemsOf, rulesOf, service } from './services.ts';

describe('makeAlertRules, with labels that cannot be read', () => {
  const GOOD = { 'alertName.9': 'good', 'alertIf.9': 'up == 0' };

  for (const [what, labels, label, value, message] of [
    [
      'an unknown shortcut',
      { alertName: 'a', alertIf: '@nope:1' },
      'alertIf',
      '@nope:1',
      'there is no shortcut "@nope"',
    ],
    [
      'too few values',
      { alertName: 'a', alertIf: '@idle' },
      'alertIf',
      '@idle',
      'got 0 values; expected 1: range',
    ],
    [
      'PromQL that does not parse',
      { 'alertName.2': 'a', 'alertIf.2': 'sum(' },
      'alertIf.2',
      'sum(',
      'expected PromQL',
    ],
    ['no name', { 'alertIf.3': 'up == 0' }, 'alertName.3', '', 'expected a name'],
    ['no condition', { alertName: 'a' }, 'alertIf', '', 'expected PromQL, or a shortcut'],
    [
      'alertLabels without =',
      { alertName: 'a', alertIf: 'up == 0', alertLabels: 'x' },
      'alertLabels',
      'x',
      'has no "="',
    ],
    [
      'a bad annotation',
      { alertName: 'a', alertIf: 'up == 0', alertAnnotations: 'a={{' },
      'alertAnnotations',
      'a={{',
      'template',
    ],
    [
      'a bad duration',
      { alertName: 'a', alertIf: 'up == 0', alertFor: 'soon' },
      'alertFor',
      'soon',
      'expected a duration',
    ],
    [
      'an endless duration',
      { alertName: 'a', alertIf: 'up == 0', alertFor: '300y' },
      'alertFor',
      '300y',
      'a duration such as',
    ],
    [
      'a control character',
      { alertName: 'a', alertIf: 'up\u0000' },
      'alertIf',
      'up\u0000',
      'without control characters',
    ],
    ['a key that is none', { alertLable: 'x' }, 'alertLable', 'x', 'there is no such label'],
    [
      'the name of the alert about all this',
      { alertName: 'rules_invalid', alertIf: 'up' },
      'alertName',
      'rules_invalid',
      'is taken',
    ],
  ] as const) {
    it(`leaves out an alert with ${what}, reports it, and keeps the others`, () => {
      const name = what.startsWith('the name') ? 'alert' : 'api';
      const { groups, problems } = make([service(name, { ...labels, ...GOOD })]);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0]).to.include({ service: name, label: `com.df.${label}`, value });
      expect(problems[0]?.message).to.contain(message);
      expect(groups.map(({ rules }) => rules.map(({ alert }) => alert))).to.deep.equal([
        [`${name}_good`],
        ['alert_rules_invalid'],
      ]);
    });
  }

  it('reports every label of an alert that cannot be read', () => {
    const problems = problemsOf({
      alertName: '-',
      alertIf: 'sum(',
      alertFor: 'x',
      alertLabels: 'x',
      alertAnnotations: 'x',
    });
    expect(problems.map(({ label }) => label)).to.deep.equal(
      ['Name', 'For', 'Labels', 'Annotations', 'If'].map((part) => `com.df.alert${part}`),
    );
  });

  it('blames unreadable alertLabels alone for a scale that nobody settles', () => {
    const problems = problemsOf({
      alertName: 'a',
      alertIf: '@idle:5m_or_@cpu_above:1,5m',
      alertLabels: 'scale',
    });
    expect(problems.map(({ label }) => label)).to.deep.equal(['com.df.alertLabels']);
  });

  it('leaves a name that two alerts share to the first of them', () => {
    const alert = { alertName: 'a', alertIf: 'up == 0' };
    const { groups, problems } = make([service('godemo', alert), service('go-demo', alert)]);
    expect(groups[0]?.name).to.equal('go-demo');
    expect(problems).to.deep.equal([
      {
        service: 'godemo',
        label: 'com.df.alertName',
        value: 'a',
        message: "the rule's name godemo_a is taken by an alert of go-demo; expected another name",
      },
    ]);
  });

  it('makes an alert of the problem, which no route to the scaler matches', () => {
    const { groups } = make([service('api', { alertName: 'a', alertIf: '@idle' })]);
    expect(groups).to.deep.equal([
      {
        name: 'alert rules that cannot be made',
        rules: [
          {
            alert: 'alert_rules_invalid',
            expr: 'vector(1)',
            labels: { label: 'com.df.alertIf', service: 'api', severity: 'warning' },
            annotations: {
              summary:
                'No rule was made from com.df.alertIf="@idle" of the service api: the shortcut got 0 values; expected 1: range',
            },
          },
        ],
      },
    ]);
  });

  it('shows a value of the label as it is, template or not', () => {
    const [rule] = rulesOf({ alertName: 'a', alertIf: 'up', alertAnnotations: 'a={{ $nope }}\n' });
    expect(rule?.annotations?.summary).to.contain('"a={{"{{"}} $nope }} "');
  });

  it('makes an alert of a problem in the file of own shortcuts', () => {
    const { groups, problems } = make([], { ownShortcuts: '[' });
    expect(problems).to.have.lengthOf(1);
    expect(groups[0]?.rules[0]?.labels).to.deep.equal({ label: 'SHORTCUTS_FILE', severity: 'warning' });
  });
});
