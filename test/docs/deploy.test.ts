import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { SETTINGS } from '#core/config/settings.ts';
import { errorOfAnswer, errorOfTransport } from '#core/swarm/engine-errors.ts';
import { STACK } from '../support/shrinkwrap.ts';
import { brokenLinks, readPage, rowsOf } from './page.ts';

const PAGE = readPage('deploy.md');
const ROOT = new URL('../../', import.meta.url);
const readSource = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const STANDALONE = readSource('stacks/standalone.yml');
const STACK_TEXT = readSource('stack.yml');

/** The variables that a file takes from the environment, with their defaults. */
const variablesOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/\$\{(\w+):[-?]([^}]*)\}/g)].map(([, name = '', value = '']) => [name, value]));

describe('docs/deploy.md', () => {
  it('lists every variable of stacks/standalone.yml with its default', () => {
    const rows = rowsOf(PAGE.split('| variable of the stack file |')[1]?.split('\n\n')[0] ?? '');
    const listed = rows.flatMap(([names = '', value = '']) =>
      names
        .replaceAll('`', '')
        .split(', ')
        .map((name) => [name, value]),
    );
    const variables = [...variablesOf(STANDALONE)].map(([name]) => name);
    expect(listed.map(([name]) => name)).to.have.members(variables);
    for (const name of ['SCALER_IMAGE', 'SCALER_PORT', 'ENDPOINT_MODE']) {
      expect(listed).to.deep.include([name, variablesOf(STANDALONE).get(name)]);
    }
  });

  it('quotes what a deployment without DOCKER_GID says', () => {
    expect(PAGE).to.include(
      `required variable DOCKER_GID is missing a value: ${variablesOf(STANDALONE).get('DOCKER_GID')}`,
    );
  });

  it('names settings, variables and secrets that there are', () => {
    const known = [
      ...Object.keys(SETTINGS),
      ...variablesOf(STANDALONE).keys(),
      ...variablesOf(STACK_TEXT).keys(),
      // A module of the kernel.
      'IP_VS',
    ];
    const named = [...PAGE.matchAll(/(?<!\w)[A-Z]+(?:_[A-Z]+)+(?!\w)/g)].map(([name]) => name);
    expect(known).to.include.members(named);

    const secrets = [...PAGE.matchAll(/secret create ([\w-]+) /g)].map(([, name]) => name);
    expect(new Set(secrets)).to.deep.equal(new Set(['scaler-token', 'scaler-token-both']));
    expect(parse(STANDALONE).secrets).to.have.property('scaler-token');
    expect(STACK_TEXT).to.match(/^ +- scaler-token$/m);
  });

  it('gives the socket and the new token to every function that has use for them', () => {
    const loops = [...PAGE.matchAll(/for function in ([\w -]+); do/g)].map(([, names = '']) =>
      names.split(' '),
    );
    const all = Object.keys(STACK.functions);
    const [socket, ...tokens] = loops;
    expect(socket).to.have.members(all.filter((name) => STACK.functions[name]?.environment.DOCKER_HOST));
    expect(tokens).to.have.length(2);
    for (const names of tokens) expect(names).to.have.members(all);
  });

  it('names files that there are', () => {
    const paths = PAGE.match(/\b(?:stacks|standalone)\/[\w.]+/g) ?? [];
    expect(paths).to.include.members(['stacks/standalone.yml', 'standalone/Dockerfile']);
    for (const path of paths) expect(existsSync(new URL(path, ROOT)), path).to.equal(true);
  });

  it('has the watchdog limits of stack.yml', () => {
    for (const { environment } of Object.values(STACK.functions)) {
      expect(environment).to.include({ exec_timeout: '10s', read_timeout: '15s', write_timeout: '15s' });
    }
    expect(PAGE).to.include('| 10 s | `exec_timeout` in `stack.yml` |');
    expect(PAGE).to.include('| 15 s | `read_timeout`, `write_timeout` in `stack.yml` |');
  });

  it('quotes the messages that tell how the way to the engine fails', () => {
    for (const code of ['ENOENT', 'EACCES']) {
      const cause = Object.assign(new Error(`connect ${code} /var/run/docker.sock`), { code });
      const { message } = errorOfTransport(cause, undefined);
      expect(PAGE).to.include(`\`… ${message.replace('The engine cannot be reached: ', '')}\``);
    }
    const [, words = ''] = /"message":("The engine is no Swarm manager: .*")}/.exec(PAGE) ?? [];
    const message: string = JSON.parse(words);
    const own = JSON.stringify({ message: message.replace('The engine is no Swarm manager: ', '') });
    expect(errorOfAnswer(503, own).message).to.equal(message);
  });

  it('has links that lead somewhere', () => {
    expect(brokenLinks(PAGE)).to.deep.equal([]);
  });
});
