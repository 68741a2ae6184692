import { expect } from 'chai';
import { loadConfig } from '#core/config/load-config.ts';
import { SETTINGS } from '#core/config/settings.ts';
import { ConfigError } from '#core/errors.ts';

/** For each variable that can be wrong: a value that it takes, what that means, and values that stop the start. */
const VARIABLES: Readonly<Record<string, { good: string; means: unknown; bad: readonly string[] }>> = {
  MIN_SCALE_LABEL: { good: 'my.min', means: 'my.min', bad: ['my min'] },
  MAX_SCALE_LABEL: { good: 'my.max', means: 'my.max', bad: [' '] },
  SCALE_UP_BY_LABEL: { good: 'my.upBy', means: 'my.upBy', bad: ['a\tb'] },
  SCALE_DOWN_BY_LABEL: { good: 'my.downBy', means: 'my.downBy', bad: ['a b'] },
  SCALE_UP_COOLDOWN_LABEL: { good: 'my.up', means: 'my.up', bad: ['a b'] },
  SCALE_DOWN_COOLDOWN_LABEL: { good: 'my.down', means: 'my.down', bad: ['a b'] },
  SCALE_DURING_UPDATE_LABEL: { good: 'my.during', means: 'my.during', bad: ['a b'] },
  DEFAULT_MIN_REPLICAS: { good: '0', means: 0, bad: ['-1', '1O', '1.5', ' 1'] },
  DEFAULT_MAX_REPLICAS: { good: '8', means: 8, bad: ['-1', 'many', '1e2'] },
  DEFAULT_SCALE_SERVICE_UP_BY: {
    good: '50%',
    means: { kind: 'percent', percent: 50 },
    bad: ['0', '0%', '-1'],
  },
  DEFAULT_SCALE_SERVICE_DOWN_BY: { good: '2', means: { kind: 'count', count: 2 }, bad: ['0', 'half'] },
  DEFAULT_SCALE_UP_COOLDOWN: { good: '90s', means: 90_000, bad: ['-5', '90 s', 'soon'] },
  DEFAULT_SCALE_DOWN_COOLDOWN: { good: '300', means: 300_000, bad: ['1.5m', '5min'] },
  SCALE_FILTER_LABEL: {
    good: 'com.df.scale=true',
    means: { key: 'com.df.scale', value: 'true' },
    bad: ['=true', 'a b=c'],
  },
  SCALE_DEFER_MAX: { good: '1h30m', means: 5_400_000, bad: ['never'] },
  ALERT_SCALE_MAX: { good: 'false', means: false, bad: ['no', '1', 'TRUE'] },
  ALERT_SCALE_MIN: { good: 'true', means: true, bad: ['yes'] },
  ALERTMANAGER_ADDRESS: {
    good: 'http://one:9093, http://two:9093/am/',
    means: ['http://one:9093', 'http://two:9093/am'],
    bad: ['one:9093', 'http://one:9093,two', ','],
  },
  ALERT_TIMEOUT: { good: '2m', means: 120_000, bad: ['60 seconds', '0'] },
  GATEWAY_URL: { good: 'http://gateway:8080/', means: 'http://gateway:8080', bad: ['gateway:8080'] },
  ALERT_RULES_ALL: { good: 'true', means: true, bad: ['all'] },
  SHORTCUTS_FILE: { good: '/run/secrets/own.yml', means: '/run/secrets/own.yml', bad: ['own.yml'] },
  ALERT_RULES_URL: {
    good: 'http://gateway:8080/function/alert-rules',
    means: 'http://gateway:8080/function/alert-rules',
    bad: ['gateway'],
  },
  PROMETHEUS_ADDRESS: { good: 'http://one:9090/', means: 'http://one:9090', bad: ['one:9090'] },
  RULES_FILE: { good: '/rules/a.yml', means: '/rules/a.yml', bad: ['a.yml'] },
  RULES_SYNC_INTERVAL: { good: '1m', means: 60_000, bad: ['0s', 'often'] },
  SCALER_AUTH: { good: 'none', means: 'none', bad: ['None', 'off', 'false'] },
  PORT: { good: '0', means: 0, bad: ['65536', 'http', '-1'] },
  SERVER_PREFIX: { good: '/scaler/', means: '/scaler', bad: ['scaler', '/a b'] },
  LOG_LEVEL: { good: 'debug', means: 'debug', bad: ['verbose', 'INFO'] },
};

/** Any text is one; what DOCKER_HOST and its companions must look like is tested with the engine's address. */
const FREE_TEXTS = ['SECRETS_DIR', 'DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];

describe('the configuration', () => {
  it('is tested for every variable that there is', () => {
    expect([...Object.keys(VARIABLES), ...FREE_TEXTS]).to.have.members(Object.keys(SETTINGS));
  });

  it('has the defaults of the contract', () => {
    expect(loadConfig({})).to.deep.equal({
      MIN_SCALE_LABEL: 'com.df.scaleMin',
      MAX_SCALE_LABEL: 'com.df.scaleMax',
      SCALE_UP_BY_LABEL: 'com.df.scaleUpBy',
      SCALE_DOWN_BY_LABEL: 'com.df.scaleDownBy',
      SCALE_UP_COOLDOWN_LABEL: 'com.df.scaleUpCooldown',
      SCALE_DOWN_COOLDOWN_LABEL: 'com.df.scaleDownCooldown',
      SCALE_DURING_UPDATE_LABEL: 'com.df.scaleDuringUpdate',
      DEFAULT_MIN_REPLICAS: 1,
      DEFAULT_MAX_REPLICAS: 5,
      DEFAULT_SCALE_SERVICE_UP_BY: { kind: 'count', count: 1 },
      DEFAULT_SCALE_SERVICE_DOWN_BY: { kind: 'count', count: 1 },
      DEFAULT_SCALE_UP_COOLDOWN: 40_000,
      DEFAULT_SCALE_DOWN_COOLDOWN: 120_000,
      SCALE_FILTER_LABEL: undefined,
      SCALE_DEFER_MAX: 600_000,
      ALERT_SCALE_MAX: true,
      ALERT_SCALE_MIN: false,
      ALERTMANAGER_ADDRESS: undefined,
      ALERT_TIMEOUT: 60_000,
      GATEWAY_URL: undefined,
      ALERT_RULES_ALL: false,
      SHORTCUTS_FILE: undefined,
      ALERT_RULES_URL: undefined,
      PROMETHEUS_ADDRESS: 'http://prometheus:9090',
      RULES_FILE: '/rules/alert-rules.yml',
      RULES_SYNC_INTERVAL: undefined,
      SCALER_AUTH: 'token',
      SECRETS_DIR: '/var/openfaas/secrets',
      DOCKER_HOST: 'unix:///var/run/docker.sock',
      DOCKER_TLS_VERIFY: undefined,
      DOCKER_CERT_PATH: undefined,
      PORT: 8080,
      SERVER_PREFIX: '',
      LOG_LEVEL: 'info',
    });
  });

  it('takes an empty variable as one that is not set', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']));
    expect(loadConfig(empty)).to.deep.equal(loadConfig({}));
  });

  for (const [name, { good, means, bad }] of Object.entries(VARIABLES)) {
    it(`reads ${name}=${good}`, () => {
      expect(loadConfig({ [name]: good })).to.deep.include({ [name]: means });
    });

    for (const value of bad) {
      it(`stops for ${name}=${JSON.stringify(value)} with one line of name, value and expectation`, () => {
        const shown = value.replace('\t', ' ');
        const load = () => loadConfig({ [name]: value });
        expect(load).to.throw(ConfigError, `${name}="${shown}": expected `);
        expect(load).to.not.throw(/\n/);
      });
    }
  }

  it('takes a filter for any value of a label', () => {
    expect(loadConfig({ SCALE_FILTER_LABEL: 'com.df.scale' }).SCALE_FILTER_LABEL).to.deep.equal({
      key: 'com.df.scale',
      value: undefined,
    });
  });

  it('keeps a message on one line although the value has several', () => {
    expect(() => loadConfig({ PORT: '80\n80' })).to.throw(
      ConfigError,
      /^PORT="80 80": expected a whole number/,
    );
  });

  it('stops for a default minimum above the default maximum, and names both', () => {
    expect(() => loadConfig({ DEFAULT_MIN_REPLICAS: '6' })).to.throw(
      ConfigError,
      'DEFAULT_MIN_REPLICAS="6": expected at most DEFAULT_MAX_REPLICAS, which is 5',
    );
    expect(loadConfig({ DEFAULT_MIN_REPLICAS: '5' }).DEFAULT_MIN_REPLICAS).to.equal(5);
  });

  it('stops when two settings name the same label', () => {
    expect(() => loadConfig({ MAX_SCALE_LABEL: 'com.df.scaleMin' })).to.throw(
      ConfigError,
      'MAX_SCALE_LABEL="com.df.scaleMin": expected a label of its own, but MIN_SCALE_LABEL has the same',
    );
  });

  it("stops when a setting names the label of the scaler's own record", () => {
    expect(() => loadConfig({ MIN_SCALE_LABEL: 'com.df.scaleState' })).to.throw(
      ConfigError,
      /^MIN_SCALE_LABEL="com\.df\.scaleState": expected a label of its own/,
    );
  });
});
