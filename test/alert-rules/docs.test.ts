import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { LabelledService } from '../../functions/alert-rules/service.ts';
import { SHORTCUTS } from '../../functions/alert-rules/shortcuts/table.ts';
import { serve } from '../standalone/served.ts';
import { make, rulesOf, service } from './services.ts';
import { BUILT_IN } from './shortcuts/built-in.ts';

const TEXT = readFileSync(new URL('../../docs/alert-rules.md', import.meta.url), 'utf8');

/** The examples in YAML, in the order of the page. */
const [stack = '', tutorialRule = '', ownShortcuts = '', invalidRule = ''] = [
  ...TEXT.matchAll(/```yaml\n(.*?)```/gs),
].map(([, example = '']) => example);

describe('docs/alert-rules.md', () => {
  for (const { shortcut, expr, summary, labels } of BUILT_IN) {
    it(`says what ${shortcut} stands for`, () => {
      expect(TEXT).to.contain(`**\`${shortcut}\`** "${summary}"\n\n\`\`\`promql\n${expr}\n\`\`\``);
      const row = TEXT.split('\n').find((line) => line.startsWith(`| \`${shortcut.split(':')[0]}`));
      const listed = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
      expect(row?.split('|').at(-2)?.trim()).to.equal(listed.join(', '));
    });
  }

  it('has as many shortcuts as there are', () => {
    const names = [...TEXT.matchAll(/^\| `(@\w+)/gm)].map(([, name]) => name);
    expect(names).to.have.members([...SHORTCUTS.keys()]);
  });

  it('shows the rule that its stack makes', () => {
    const labels: LabelledService['labels'] = parse(stack).services.main.deploy.labels;
    const { groups, problems } = make([{ name: 'go-demo_main', replicas: 2, labels }]);
    expect(problems).to.deep.equal([]);
    expect(groups[0]?.rules).to.have.lengthOf(3);
    expect(groups[0]?.rules[1]).to.deep.equal(parse(tutorialRule));
  });

  it('shows an own shortcut that works', () => {
    const [rule] = rulesOf({ alertName: 'busy', alertIf: '@connections_above:100' }, { ownShortcuts });
    expect(rule?.expr).to.equal('sum(haproxy_backend_current_sessions{backend="go-demo_main"}) > 100');
  });

  it('shows an answer with a problem as it is', async () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(TEXT) ?? [];
    const served = await serve({ services: [service('api', { alertName: 'a', alertIf: '@idle' })] });
    try {
      const { body } = await served.call('/function/alert-rules?format=json', { method: 'GET' });
      expect(body).to.deep.equal(JSON.parse(example));
    } finally {
      await served.close();
    }
  });

  it('shows the alert of a problem', () => {
    const { groups } = make([service('api', { alertName: 'a', alertIf: '@idle' })]);
    expect(groups[0]?.rules[0]).to.deep.equal(parse(invalidRule));
  });
});
