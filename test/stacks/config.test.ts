import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { needPromtool } from '../alert-rules/promtool.ts';
import { documentedConfig, requireAlertmanager } from '../support/alertmanager.ts';

const CONFIG = join(import.meta.dirname, '../../stacks/config');

/** @throws {Error} with what the tool has against the file */
const check = (tool: string, ...args: readonly string[]) => execFileSync(tool, args, { stdio: 'pipe' });

describe('stacks/config', () => {
  it('has a configuration that Prometheus takes', function () {
    needPromtool(this);
    check('promtool', 'check', 'config', join(CONFIG, 'prometheus.yml'));
  });

  it('has a configuration that Alertmanager takes', function () {
    requireAlertmanager(this);
    check('amtool', 'check-config', join(CONFIG, 'alertmanager.yml'));
  });

  it('has the Alertmanager configuration of docs/alertmanager.md, with the standalone scaler', async () => {
    const documented = await documentedConfig({ 'http://gateway:8080': 'http://scaler:8080' });
    const shipped = await readFile(join(CONFIG, 'alertmanager.yml'), 'utf8');
    expect(parse(shipped)).to.deep.equal(parse(documented));
  });
});
