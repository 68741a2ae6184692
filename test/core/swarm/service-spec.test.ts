import { expect } from 'chai';
import fc from 'fast-check';
import { changedSpec } from '#core/swarm/service-spec.ts';
import { SwarmError } from '#core/swarm/swarm.ts';

const KEY = 'com.df.scaleState';
const STATE = '{"applied":[],"cause":"a \\"quote\\" & 😀"}';
const MEMBER = `${JSON.stringify(KEY)}:${JSON.stringify(STATE)}`;

/** The answer of an engine about a service with this spec. */
const answerWith = (spec: string) =>
  `{"ID":"x","Version":{"Index":9007199254740993},"Spec":${spec},"PreviousSpec":${spec},"Endpoint":{}}\n`;

const change = (spec: string, replicas = 7) =>
  changedSpec(answerWith(spec), { replicas, label: { key: KEY, value: STATE } });

const MODE = '"Mode":{"Replicated":{"Replicas":2}}';
const CHANGED_MODE = '"Mode":{"Replicated":{"Replicas":7}}';

describe('the spec that goes back to the engine', () => {
  it('keeps numbers of 64 bits, escapes and the order of fields as they came', () => {
    const template = String.raw`"TaskTemplate":{"ContainerSpec":{"Image":"a@sha256:0","Ulimits":[{"Name":"memlock","Hard":9223372036854775807,"Soft":-1}],"Args":["\u003ctag\u003e \u0026","é\/","\"\\"],"X":1.0E+2,"Y":0.10}}`;
    expect(change(`{"Name":"web","Labels":{"a":"b"},${template},${MODE}}`)).to.equal(
      `{"Name":"web","Labels":{${MEMBER},"a":"b"},${template},${CHANGED_MODE}}`,
    );
  });

  const labels: readonly [string, string, string][] = [
    [
      'replaces the label that is there',
      `"Labels":{"a":"b","${KEY}":"old","c":"d"}`,
      `"Labels":{"a":"b",${MEMBER},"c":"d"}`,
    ],
    ['adds the label to no others', '"Labels":{}', `"Labels":{${MEMBER}}`],
    ['makes the labels where they are null', '"Labels":null', `"Labels":{${MEMBER}}`],
    [
      'finds the label however it is written',
      String.raw`"Labels":{"com.df.scale\u0053tate":"old"}`,
      String.raw`"Labels":{"com.df.scale\u0053tate":${JSON.stringify(STATE)}}`,
    ],
  ];
  for (const [what, before, after] of labels) {
    it(what, () => {
      expect(change(`{"Name":"web",${before},${MODE}}`)).to.equal(`{"Name":"web",${after},${CHANGED_MODE}}`);
    });
  }

  it('gets labels where it has none', () => {
    expect(change(`{"Name":"web",${MODE}}`)).to.equal(`{"Labels":{${MEMBER}},"Name":"web",${CHANGED_MODE}}`);
  });

  it('keeps white space', () => {
    expect(
      change(`{ "Labels" : { "${KEY}" : "old" },\n\t"Mode" : { "Replicated" : { "Replicas" : 2 } } }`),
    ).to.equal(
      `{ "Labels" : { "${KEY}" : ${JSON.stringify(STATE)} },\n\t"Mode" : { "Replicated" : { "Replicas" : 7 } } }`,
    );
  });

  it("is not mixed up by containers' labels or counts of the same name", () => {
    const template = `"TaskTemplate":{"ContainerSpec":{"Labels":{"${KEY}":"container"}},"Mode":{"Replicated":{"Replicas":1}}}`;
    expect(change(`{${template},"Labels":{},${MODE}}`)).to.equal(
      `{${template},"Labels":{${MEMBER}},${CHANGED_MODE}}`,
    );
  });

  for (const spec of [
    '{"Name":"web","Mode":{"Global":{}}}',
    '{"Name":"web","Mode":{"Replicated":{}}}',
    '{"Name":"web"}',
    '[]',
    'null',
  ]) {
    it(`is refused when the service has ${spec}`, () => {
      expect(() => change(spec))
        .to.throw(SwarmError)
        .with.property('kind', 'refused');
    });
  }

  it('is refused when the engine gave no spec, or no JSON', () => {
    for (const raw of ['{}', '', 'oops']) {
      expect(() => changedSpec(raw, { replicas: 1, label: { key: KEY, value: 'x' } })).to.throw(SwarmError);
    }
  });

  describe('whatever else is in it', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Mode', 'Labels', 'Replicas', '__proto__', '[]', 'Labels\ncom.df.scaleState', ''),
    );
    /** JSON texts with numbers that JavaScript cannot hold, and white space. */
    const json: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('9223372036854775807', '-9223372036854775808', '1.10', '1E5', '-0', 'null', 'true'),
        fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
        fc.constantFrom(String.raw`"\u003c"`, String.raw`"\/"`, String.raw`"\ud83d\ude00"`),
        fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
        fc
          .uniqueArray(fc.tuple(key, tie('value')), { selector: ([name]) => name, maxLength: 4 })
          .map(
            (members) =>
              `{${members.map(([name, value]) => `${JSON.stringify(name)} :${value}`).join(',\n')}}`,
          ),
      ),
    })).value;
    const fields = fc
      .uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), json), {
        selector: ([name]) => name,
        maxLength: 4,
      })
      .map((members) => members.filter(([name]) => name !== 'Mode' && name !== 'Labels'))
      .map((members) => members.map(([name, value]) => `${JSON.stringify(name)}:${value},`).join(''));
    const otherLabels = fc
      .dictionary(
        key.filter((name) => name !== KEY),
        fc.string({ unit: 'binary' }),
      )
      .map((all) =>
        Object.entries(all).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`),
      )
      .map((members) => members.join(''));

    it('comes back the same to the byte but for count and label', () => {
      fc.assert(
        fc.property(fields, otherLabels, fc.nat(), fc.nat(), (rest, others, before, after) => {
          const spec = (label: string, count: number) =>
            `{${rest}"Labels":{${others}"${KEY}":${label}},"Mode":{"Replicated":{"Replicas":${count}}}}`;
          expect(change(spec('"old"', before), after)).to.equal(spec(JSON.stringify(STATE), after));
        }),
      );
    });

    it('comes back the same to the byte but for count and a label that is new', () => {
      fc.assert(
        fc.property(fields, otherLabels, fc.nat(), fc.nat(), (rest, others, before, after) => {
          const spec = (label: string, count: number) =>
            `{${rest}"Labels":{${label}${others}"last":""},"Mode":{"Replicated":{"Replicas":${count}}}}`;
          expect(change(spec('', before), after)).to.equal(spec(`${MEMBER},`, after));
        }),
      );
    });
  });
});
