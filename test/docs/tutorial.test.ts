import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { makeAlertRules } from '../../functions/alert-rules/alert-rules.ts';
import { brokenLinks, examplesOf, readPage } from './page.ts';

const PAGE = readPage('tutorial.md');
const EXAMPLES = examplesOf(PAGE);
const ROOT = new URL('../../', import.meta.url);
const GO_DEMO = readFileSync(new URL('stacks/go-demo.yml', ROOT), 'utf8');

/** As `docker stack deploy` reads the file without variables. */
const LABELS = parse(GO_DEMO.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')).services.main.deploy.labels;

const rulesOf = (labels: Readonly<Record<string, string>>) =>
  makeAlertRules([{ name: 'go-demo_main', replicas: 3, labels }], { all: false });

/** What the page says that a command prints, for each time it has the command. */
const outputsOf = (part: string): readonly string[] =>
  EXAMPLES.filter(({ command }) => command.includes(part)).map(({ output }) => output);

describe('docs/tutorial.md', () => {
  it('has links that lead somewhere', () => {
    expect(brokenLinks(PAGE)).to.deep.equal([]);
  });

  it('deploys and builds from files that there are', () => {
    const commands = EXAMPLES.map(({ command }) => command).join('\n');
    const files = [...commands.matchAll(/(?:-c|--file|demo-service) ((?:stacks|standalone|examples)\/\S+)/g)];
    expect(files).to.have.length(7);
    for (const [, file = ''] of files) expect(existsSync(new URL(file, ROOT)), file).to.equal(true);
  });

  it('quotes the labels of stacks/go-demo.yml', () => {
    const [, quoted = ''] = /```yaml\n(# Where its metrics[\s\S]*?)```/.exec(PAGE) ?? [];
    expect(GO_DEMO.replaceAll(/^ +/gm, '')).to.include(quoted);
  });

  it('lists the rules that these labels make', () => {
    const names = rulesOf(LABELS).groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    const lists = outputsOf('[.name, .state]').map((output) => output.replaceAll(/\t\w+/g, '').split('\n'));
    expect(lists.slice(0, 3)).to.deep.equal([names, names, names]);
  });

  it('shows a rule as it is, before and after its label changes', () => {
    const ruleOf = (labels: Readonly<Record<string, string>>) =>
      rulesOf(labels).groups[0]?.rules.find(({ alert }) => alert.endsWith('resp_time_above'));
    const [before = '', after] = outputsOf('"godemo_main_resp_time_above"');
    const { expr, labels } = ruleOf(LABELS) ?? {};
    expect(JSON.parse(before)).to.deep.equal({ query: expr, labels });
    const changed = ruleOf({ ...LABELS, 'com.df.alertIf.2': '@resp_time_above:0.25,1m,0.99' });
    expect(after).to.equal(changed?.expr);
  });

  it('says what is wrong with a label as rules do', () => {
    const { groups } = rulesOf({ ...LABELS, 'com.df.alertIf.4': '@idel:1m' });
    const summaries = groups.flatMap(({ rules }) => rules.map(({ annotations }) => annotations?.summary));
    const [shown = 'nothing'] = outputsOf('.annotations.summary');
    expect(summaries.some((summary) => summary?.startsWith(shown))).to.equal(true);
  });
});
