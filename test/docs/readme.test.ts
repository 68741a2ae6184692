import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { playDemo } from '../support/demo.ts';

const ROOT = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));

/** What differs each time: times, ids, durations. */
const settled = (line: string): string =>
  line
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"requestId":"[0-9a-f]+"/g, '"requestId":"ID"')
    .replace(/"durationMs":[\d.]+/g, '"durationMs":0');

describe('README.md', () => {
  it('shows what the demo prints when there is no Swarm at hand', async () => {
    const { code, output } = await playDemo('unix:///nowhere/docker.sock');
    expect(code).to.equal(0);
    const printed = output.split('\n').map(settled);
    const [, shown = ''] = /long lines cut:\n\n```\n(.*?)```/s.exec(readme) ?? [];
    expect(shown).to.include('Done. Every answer was the expected one.');
    for (const line of shown.trim().split('\n')) {
      const beginning = settled(line.replace(/…$/, ''));
      const isPrinted = printed.some((one) =>
        line.endsWith('…') ? one.startsWith(beginning) : one === beginning,
      );
      expect(isPrinted, line).to.equal(true);
    }
    const [, answer = ''] = /## An answer\n\n```json\n(.*)\n```/.exec(readme) ?? [];
    expect(output).to.include(answer);
  }).timeout(30_000);

  it('names commands that there are', () => {
    const commands = [...readme.matchAll(/npm (?:run (\w+)|(test|start)\b)/g)].map(
      ([, script, command]) => script ?? command ?? '',
    );
    expect(commands).to.include.members(['demo', 'test', 'start', 'bench']);
    for (const command of commands) expect(scripts).to.have.property(command);
  });

  it('links to pages that there are', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links).to.have.length.greaterThan(5);
    for (const link of links) expect(existsSync(new URL(link, ROOT)), link).to.equal(true);
  });
});
