import { expect } from 'chai';
import { make, rulesOf, service } from './services.ts';

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
