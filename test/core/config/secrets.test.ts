import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadSecrets } from '#core/config/secrets.ts';
import { ConfigError } from '#core/errors.ts';
import { withFiles } from '../../support/with-files.ts';

const load = (directory: string, SCALER_AUTH: 'token' | 'none' = 'token') =>
  loadSecrets({ SECRETS_DIR: directory, SCALER_AUTH });

describe('the secrets', () => {
  it('hold one token a line, trimmed, so that tokens can be rotated', () =>
    withFiles({ 'scaler-token': '\ufeff  new-token \r\n\n old-token\n\n' }, (directory) => {
      expect(load(directory).tokens).to.deep.equal(['new-token', 'old-token']);
    }));

  it('leave out the channels whose secret is not mounted', () =>
    withFiles({ 'scaler-token': 'token' }, (directory) => {
      expect(load(directory)).to.include({ slackWebhookUrl: undefined, webhookUrl: undefined });
    }));

  it('hold the addresses of Slack and of the webhook', () =>
    withFiles(
      {
        'scaler-token': 'token',
        'slack-webhook-url': 'https://hooks.slack.example/services/T/B/x\n',
        'webhook-url': ' http://hook:8080/in ',
      },
      (directory) => {
        expect(load(directory)).to.include({
          slackWebhookUrl: 'https://hooks.slack.example/services/T/B/x',
          webhookUrl: 'http://hook:8080/in',
        });
      },
    ));

  it('stop the start without a token, and say how to mend it', () =>
    withFiles({}, (directory) => {
      expect(() => load(directory)).to.throw(
        ConfigError,
        new RegExp(`^No secret ${join(directory, 'scaler-token')}: .*mount.*SCALER_AUTH=none.*$`),
      );
    }));

  it('stop the start when the folder is missing', () => {
    expect(() => load('/no/such/folder')).to.throw(ConfigError, 'No secret /no/such/folder/scaler-token');
  });

  it('need no token with SCALER_AUTH=none', () =>
    withFiles({}, (directory) => {
      expect(load(directory, 'none').tokens).to.deep.equal([]);
    }));

  for (const content of ['', '\n', ' \r\n\t\n']) {
    it(`stop the start for a file with nothing but ${JSON.stringify(content)}`, () =>
      withFiles({ 'scaler-token': content }, (directory) => {
        expect(() => load(directory)).to.throw(ConfigError, /^The secret .*scaler-token is empty: expected/);
      }));
  }

  for (const token of ['pässwörd', 'to\u0007ken', 'to\u2028ken']) {
    it(`stop the start for ${JSON.stringify(token)}, which no header can carry, without telling it`, () =>
      withFiles({ 'scaler-token': `good\n${token}\n` }, (directory) => {
        expect(() => load(directory)).to.throw(
          ConfigError,
          /^The secret .*scaler-token holds a token that no /,
        );
        expect(() => load(directory)).to.not.throw(token);
      }));
  }

  it('stop the start for an empty address, also with SCALER_AUTH=none', () =>
    withFiles({ 'slack-webhook-url': '' }, (directory) => {
      expect(() => load(directory, 'none')).to.throw(ConfigError, /slack-webhook-url is empty/);
    }));

  it('stop the start for an address that is none, without telling it', () =>
    withFiles({ 'scaler-token': 'token', 'webhook-url': 'secret-part' }, (directory) => {
      expect(() => load(directory))
        .to.throw(ConfigError, /webhook-url is not an http or https address$/)
        .with.property('message')
        .that.does.not.include('secret-part');
    }));

  it('stop the start for what cannot be read', () =>
    withFiles({}, async (directory) => {
      await mkdir(join(directory, 'scaler-token'));
      expect(() => load(directory)).to.throw(ConfigError, /scaler-token cannot be read: EISDIR/);
    }));
});
