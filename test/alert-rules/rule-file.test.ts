import { expect } from 'chai';
import fc from 'fast-check';
import { makeAlertRules } from '../../functions/alert-rules/alert-rules.ts';
import { PARTS } from '../../functions/alert-rules/labels/alert-labels.ts';
import { toYaml } from '../../functions/alert-rules/rule-file.ts';
import type { LabelledService } from '../../functions/alert-rules/service.ts';
import { checkRules, needPromtool } from './promtool.ts';
import { BUILT_IN } from './shortcuts/built-in.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 20 });

/** Texts that come close to being right, and some that are. */
const wordy = fc
  .array(
    fc.constantFrom(
      ...[
        '@',
        'idle',
        ':',
        '5m',
        ',',
        '=',
        '"',
        "'",
        '\\',
        '{',
        '}',
        '{{',
        '}}',
        ' $value ',
        'up',
        ' == 0',
        '_or_',
      ],
      ...[
        '_unless_',
        '@idle:5m',
        '@cpu_above:1,5m',
        'summary',
        'scale=up',
        '\n',
        '\r',
        '\t',
        ' ',
        '#',
        '- ',
        ': ',
      ],
      ...[
        '\u0085',
        '\u2028',
        '\ufeff',
        '\uffff',
        '\ud800',
        '\u007f',
        'yes',
        '~',
        '0x1F',
        '<<',
        '1_0',
        '{{ $labels.a }}',
      ],
    ),
    { maxLength: 6 },
  )
  .map((words) => words.join(''));

const text = fc.oneof(
  anyText,
  wordy,
  fc.constantFrom('up == 0', '5m', 'a=b', 'summary=yes,b=1_0', ...BUILT_IN.map(({ shortcut }) => shortcut)),
);

const key = fc.oneof(
  fc
    .tuple(fc.constantFrom(...PARTS), fc.constantFrom('', '.1', '.2', '.10'))
    .map(([part, number]) => `com.df.alert${part}${number}`),
  anyText.map((end) => `com.df.alert${end}`),
  fc.constantFrom('com.df.scrapePort', '__proto__'),
);

const services: fc.Arbitrary<readonly LabelledService[]> = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/),
    replicas: fc.option(fc.nat(20), { nil: undefined }),
    labels: fc.dictionary(key, text, { maxKeys: 12 }),
  }),
  { selector: ({ name }) => name, maxLength: 8 },
);

describe('toYaml', () => {
  it('writes what Prometheus reads, one group for each service', () => {
    const labels = {
      'com.df.alertName': 'down',
      'com.df.alertIf': 'up == 0\nor absent(up)',
      'com.df.alertFor': '5m',
      'com.df.alertLabels': 'page=yes',
      'com.df.alertAnnotations': 'summary={{ $labels.job }}: down',
    };
    expect(toYaml(makeAlertRules([{ name: 'api', replicas: 1, labels }], { all: true }))).to.equal(
      `# Made from the labels of the services in the Swarm. Whatever is changed here is overwritten.
groups:
  - name: api
    rules:
      - alert: api_down
        expr: |-
          up == 0
          or absent(up)
        for: 5m
        labels:
          page: "yes"
        annotations:
          summary: "{{ $labels.job }}: down"
`,
    );
  });

  it('has something to say for any labels, and the same for the same', () => {
    fc.assert(
      fc.property(services, fc.oneof(wordy, anyText), (some, ownShortcuts) => {
        const once = toYaml(makeAlertRules(some, { all: true, ownShortcuts }));
        expect(toYaml(makeAlertRules([...some].reverse(), { all: true, ownShortcuts }))).to.equal(once);
      }),
    );
  });
});

describe('toYaml beside Prometheus', () => {
  before(function () {
    needPromtool(this);
  });

  it('makes a file that Prometheus takes, whatever the labels', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(fc.array(services, { minLength: 5, maxLength: 10 }), (many) => {
        const files = many.map((some) => makeAlertRules(some, { all: true }));
        // One file for all, because each run of promtool takes longer than a hundred of ours.
        const groups = files.flatMap((file, index) =>
          file.groups.map(({ name, rules }) => ({ name: `${index} ${name}`, rules })),
        );
        expect(checkRules(toYaml({ groups, problems: [] }))).to.equal('');
      }),
      { numRuns: 25 },
    );
  });

  it('makes a file that Prometheus takes when there is no alert at all', () => {
    expect(checkRules(toYaml({ groups: [], problems: [] }))).to.equal('');
  });

  it('would fail here if Prometheus did not take the file', () => {
    const rules = [{ alert: 'a', expr: 'rate(up)' }];
    expect(checkRules(toYaml({ groups: [{ name: 'g', rules }], problems: [] }))).to.contain('rate');
  });
});
