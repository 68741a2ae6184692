import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadConfig } from '#core/config/load-config.ts';
import { SETTINGS } from '#core/config/settings.ts';
import { SCALE_STATE_LABEL } from '#core/scaling/scale-state.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

/** The first two cells of every row below a heading, without their backquotes. */
function rowsBelow(heading: string): readonly [string, string][] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.matchAll(/^\| `([^`]+)` \| (?:`([^`]+)`|–|[\w ]+) \|/gm);
  return [...rows].map(([, name = '', value = '']) => [name, value]);
}

describe('docs/configuration.md', () => {
  it('lists every environment variable with its default, and no other', () => {
    const settings = Object.entries(SETTINGS).map(([name, setting]) => [
      name,
      'default' in setting ? setting.default : '',
    ]);
    expect(rowsBelow('Environment variables')).to.deep.equal(settings);
  });

  it('lists every label with its default, and no other', () => {
    const config = loadConfig({});
    const defaults = {
      [config.MIN_SCALE_LABEL]: SETTINGS.DEFAULT_MIN_REPLICAS.default,
      [config.MAX_SCALE_LABEL]: SETTINGS.DEFAULT_MAX_REPLICAS.default,
      [config.SCALE_UP_BY_LABEL]: SETTINGS.DEFAULT_SCALE_SERVICE_UP_BY.default,
      [config.SCALE_DOWN_BY_LABEL]: SETTINGS.DEFAULT_SCALE_SERVICE_DOWN_BY.default,
      [config.SCALE_UP_COOLDOWN_LABEL]: SETTINGS.DEFAULT_SCALE_UP_COOLDOWN.default,
      [config.SCALE_DOWN_COOLDOWN_LABEL]: SETTINGS.DEFAULT_SCALE_DOWN_COOLDOWN.default,
      [config.SCALE_DURING_UPDATE_LABEL]: 'false',
    };
    expect(Object.fromEntries(rowsBelow('Labels of a service'))).to.deep.equal(defaults);
    expect(page).to.include(`\`${SCALE_STATE_LABEL}\``);
  });

  it('lists every secret file', () => {
    const source = readFileSync(new URL('../../functions/core/config/secrets.ts', import.meta.url), 'utf8');
    for (const [name] of rowsBelow('Secret files')) expect(source).to.include(`'${name}'`);
    expect(rowsBelow('Secret files')).to.have.length(3);
  });

  it('quotes the line that stops a start', () => {
    const [, line = ''] = /^Cannot start: (.*)$/m.exec(page) ?? [];
    expect(() => loadConfig({ DEFAULT_MAX_REPLICAS: 'many' })).to.throw(line);
  });
});
