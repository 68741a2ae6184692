import { expect } from 'chai';
import { readOwnShortcuts } from '../../../functions/alert-rules/shortcuts/own-shortcuts.ts';
import type { AlertContext } from '../../../functions/alert-rules/shortcuts/shortcut.ts';

const CONTEXT: AlertContext = {
  service: 'api',
  replicas: 2,
  isScraped: true,
  alertName: 'busy',
  alertFor: '1m',
};

const FILE = `
"@connections_above":
  expanded: |
    sum(haproxy_sessions{job="{{ .Alert.ServiceName }}"}[{{index .Values 1}}]) / {{ .Alert.Replicas }} > {{ index .Values 0 }}
  annotations:
    summary: "{{ .Alert.AlertName }} for {{ .Alert.AlertFor }}: {{ $value }} sessions"
  labels:
    receiver: system
    service: "{{ .Alert.ServiceName }}"
    page: no
    level: 1
"@plain":
  expanded: up == 0
`;

const problemsOf = (text: string) => readOwnShortcuts(text).problems;
const entry = (lines: string) => `"@x":\n${lines}`;

describe('readOwnShortcuts', () => {
  it('fills values, service, replicas and alert into all texts, and keeps the templates of Prometheus', () => {
    const { shortcuts, problems } = readOwnShortcuts(FILE);
    expect(problems).to.deep.equal([]);
    expect(shortcuts.get('@connections_above')?.(['100', '5m'], CONTEXT)).to.deep.equal({
      expr: 'sum(haproxy_sessions{job="api"}[5m]) / 2 > 100',
      annotations: { summary: 'busy for 1m: {{ $value }} sessions' },
      labels: { receiver: 'system', service: 'api', page: 'no', level: '1' },
    });
  });

  it('takes a shortcut without annotations, labels and values', () => {
    const expansion = readOwnShortcuts(FILE).shortcuts.get('@plain')?.([], CONTEXT);
    expect(expansion).to.deep.equal({ expr: 'up == 0', annotations: {}, labels: {} });
  });

  it('wants as many values as there are placeholders', () => {
    const shortcut = readOwnShortcuts(FILE).shortcuts.get('@connections_above');
    expect(() => shortcut?.(['100'], CONTEXT)).to.throw('@connections_above got 1 values; expected 2');
  });

  it('refuses a value that would be a template to Prometheus', () => {
    const { shortcuts } = readOwnShortcuts(
      entry('  expanded: up == {{ index .Values 0 }}\n  labels: { a: "{{ index .Values 0 }}" }'),
    );
    expect(() => shortcuts.get('@x')?.(['{{ end }}'], CONTEXT)).to.throw('expected no other template');
  });

  it('asks for a replicated service where the count is needed', () => {
    const shortcut = readOwnShortcuts(entry('  expanded: up < {{ .Alert.Replicas }}')).shortcuts.get('@x');
    expect(() => shortcut?.([], { ...CONTEXT, replicas: undefined })).to.throw(
      'expected a replicated service',
    );
  });

  it('finds nothing in an empty file, nor in one of comments', () => {
    expect(readOwnShortcuts('').shortcuts).to.have.lengthOf(0);
    expect(readOwnShortcuts('# none yet\n')).to.deep.equal({ shortcuts: new Map(), problems: [] });
  });

  for (const [what, text, message] of [
    ['what is no YAML', '"@x": [', 'expected YAML: '],
    [
      'a file that names a shortcut twice',
      '"@x": { expanded: up }\n"@x": { expanded: up }',
      'expected YAML: ',
    ],
    ['a list', '- "@x"', 'expected shortcuts by name'],
    ['a lone word', 'up', 'expected shortcuts by name'],
  ] as const) {
    it(`reports ${what} as a problem of the file`, () => {
      const [problem] = problemsOf(text);
      expect(problem).to.include({ service: undefined, label: 'SHORTCUTS_FILE', value: '' });
      expect(problem?.message).to.contain(message);
    });
  }

  for (const [what, text, message] of [
    ['no expression', entry('  labels: { a: b }'), 'expected expanded'],
    ['a key that is not known', entry('  expanded: up\n  label: { a: b }'), 'expected expanded'],
    [
      'a placeholder that is not known',
      entry('  expanded: up{a="{{ .Alert.Secret }}"}'),
      'expected no other placeholder',
    ],
    [
      'a program in its annotations',
      entry('  expanded: up\n  annotations: { a: "{{ if x }}" }'),
      'expected no other template',
    ],
    [
      'a label that Prometheus refuses',
      entry('  expanded: up\n  labels: { a-b: c }'),
      'the key "a-b" cannot be used',
    ],
    ['itself inside', '"@x": &x { expanded: *x }', 'expected expanded'],
    ['a control character', entry('  expanded: "up\\a"'), 'without control characters'],
  ] as const) {
    it(`reports a shortcut with ${what}, and refuses the alerts that use it`, () => {
      const { shortcuts, problems } = readOwnShortcuts(text);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0]).to.include({ service: undefined, label: '@x' });
      expect(problems[0]?.message).to.contain(message);
      expect(() => shortcuts.get('@x')?.([], CONTEXT)).to.throw(
        'the shortcut "@x" in SHORTCUTS_FILE cannot be read',
      );
    });
  }

  it('reports a name without @', () => {
    expect(problemsOf('x: { expanded: up }')[0]?.message).to.equal('expected a name such as @my_shortcut');
  });
});
