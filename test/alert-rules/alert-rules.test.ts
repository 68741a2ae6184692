import { expect } from 'chai';
import { type AlertRulesOptions, makeAlertRules } from '../../functions/alert-rules/alert-rules.ts';
import type { LabelledService } from '../../functions/alert-rules/service.ts';

type Labels = Readonly<Record<string, string>>;

/** A service with these labels, their `com.df.` left out. */
const service = (name: string, labels: Labels, replicas: number | undefined = 3): LabelledService => ({
  name,
  replicas,
  labels: Object.fromEntries(
    Object.entries({ notify: 'true', ...labels }).map(([key, value]) => [`com.df.${key}`, value]),
  ),
});

const make = (services: readonly LabelledService[], options: Partial<AlertRulesOptions> = {}) =>
  makeAlertRules(services, { all: false, ...options });

const rulesOf = (labels: Labels, options?: Partial<AlertRulesOptions>) =>
  make([service('go-demo_main', labels)], options).groups.flatMap(({ rules }) => rules);

const problemsOf = (labels: Labels) => make([service('api', labels)]).problems;

describe('makeAlertRules', () => {
  it('makes the alert of the tutorial from its labels', () => {
    const { groups, problems } = make([
      service('go-demo_main', {
        'alertName.2': 'resp_time_above',
        'alertIf.2': '@resp_time_above:0.1,5m,0.99',
        'alertFor.2': '30s',
      }),
    ]);
    expect(problems).to.deep.equal([]);
    expect(groups).to.deep.equal([
      {
        name: 'go-demo_main',
        rules: [
          {
            alert: 'godemo_main_resp_time_above',
            expr: 'sum(rate(http_server_resp_time_bucket{job="go-demo_main",le="0.1"}[5m])) / sum(rate(http_server_resp_time_count{job="go-demo_main"}[5m])) < 0.99',
            for: '30s',
            labels: { receiver: 'system', scale: 'up', service: 'go-demo_main', type: 'service' },
            annotations: { summary: 'Response time of the service go-demo_main is above 0.1' },
          },
        ],
      },
    ]);
  });

  it('makes no more of PromQL than stands there', () => {
    expect(rulesOf({ alertName: 'down', alertIf: 'up == 0' })).to.deep.equal([
      { alert: 'godemo_main_down', expr: 'up == 0' },
    ]);
  });

  it('lets the labels and annotations on the service win, and an empty one take the shortcut’s away', () => {
    const [rule] = rulesOf({
      alertName: 'idle',
      alertIf: '@idle:5m',
      alertLabels: 'receiver=night,scale=,severity=low',
      alertAnnotations: 'summary=Nobody is there',
    });
    expect(rule?.labels).to.deep.equal({
      receiver: 'night',
      service: 'go-demo_main',
      severity: 'low',
      type: 'service',
    });
    expect(rule?.annotations).to.deep.equal({ summary: 'Nobody is there' });
  });

  it('lets alertLabels settle on what a combination disagrees', () => {
    const labels = { alertName: 'mixed', alertIf: '@idle:5m_or_@cpu_above:0.8,5m' };
    expect(rulesOf({ ...labels, alertLabels: 'scale=up' })[0]?.labels).to.include({ scale: 'up' });
    expect(rulesOf({ ...labels, alertLabels: 'scale=' })[0]?.labels).not.to.have.property('scale');
    expect(rulesOf(labels)[0]?.alert).to.equal('alert_rules_invalid');
  });

  it('takes a bare number in alertFor as seconds', () => {
    expect(rulesOf({ alertName: 'a', alertIf: 'up == 0', alertFor: '90' })[0]?.for).to.equal('90s');
  });

  it('takes only services that ask for it, or all', () => {
    const alert = { alertName: 'a', alertIf: 'up == 0' };
    const services = [
      service('one', alert),
      service('two', { ...alert, notify: 'false' }),
      { name: 'three', replicas: 1, labels: { 'com.df.alertName': 'a', 'com.df.alertIf': 'up == 0' } },
    ];
    expect(make(services).groups.map(({ name }) => name)).to.deep.equal(['one']);
    expect(make(services, { all: true }).groups.map(({ name }) => name)).to.deep.equal([
      'one',
      'three',
      'two',
    ]);
  });

  it('makes the same of services and labels in any order', () => {
    const labels = {
      'alertName.1': 'a',
      'alertIf.1': 'up == 0',
      'alertName.2': 'b',
      'alertIf.2': 'up == 1',
      alertFoo: '',
    };
    const backwards = Object.fromEntries(Object.entries(labels).reverse());
    const one = make([service('x', labels), service('y', labels)]);
    const other = make([service('y', backwards), service('x', backwards)]);
    expect(JSON.stringify(other)).to.equal(JSON.stringify(one));
  });

  it('prefers own shortcuts to those built in', () => {
    const ownShortcuts = '"@idle": { expanded: "idle_seconds > {{ index .Values 0 }}" }';
    expect(rulesOf({ alertName: 'a', alertIf: '@idle:60' }, { ownShortcuts })[0]?.expr).to.equal(
      'idle_seconds > 60',
    );
  });

  it('makes nothing of services without alerts', () => {
    expect(make([service('api', {})])).to.deep.equal({ groups: [], problems: [] });
  });
});

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
      '292 years',
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
