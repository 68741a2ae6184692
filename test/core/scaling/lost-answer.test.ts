import { expect } from 'chai';
import { findStep } from '#core/scaling/lost-answer.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { NOW, serviceOf } from '../../support/service.ts';

const AT = new Date(NOW).toISOString();

const recordOf = (...ids: readonly string[]): Record<string, string> => ({
  'com.df.scaleState': JSON.stringify({ applied: ids.map((id) => ({ id, at: AT })) }),
});
const others = (count: number) => Array.from({ length: count }, (_, n) => `other-${n}`);

const verdict = (before: Partial<Service>, now: Partial<Service>) =>
  findStep('ours', serviceOf({ version: 10, ...before }), serviceOf({ version: 11, ...now }));

describe('a lost answer', () => {
  it('was a step made when our id is on the service, with the time of the step', () => {
    expect(verdict({}, { labels: recordOf('ours') })).to.deep.equal({ kind: 'made', at: AT });
    expect(verdict({}, { labels: recordOf('ours', 'other') })).to.include({ kind: 'made' });
  });

  it('was a step made when our id is in the spec before an update by somebody else', () => {
    expect(verdict({}, { labels: {}, previousLabels: recordOf('ours') })).to.deep.include({ kind: 'made' });
  });

  it('was no step when the service is still at the version that we sent', () => {
    expect(verdict({}, { version: 10 })).to.deep.equal({ kind: 'not-made' });
    expect(verdict({ labels: recordOf(...others(16)) }, { version: 10, labels: {} })).to.include({
      kind: 'not-made',
    });
  });

  it('was no step when others have written since and our id is not among theirs', () => {
    expect(verdict({}, { labels: recordOf('other') })).to.include({ kind: 'not-made' });
    expect(verdict({ labels: recordOf('a') }, { labels: recordOf('a', 'b') })).to.include({
      kind: 'not-made',
    });
    expect(verdict({}, {})).to.include({ kind: 'not-made' });
  });

  it('was no step when all ids but the last from before have been pushed out: ours stood behind it', () => {
    const before = { labels: recordOf('first', 'last') };
    const now = { labels: recordOf('last', ...others(15)) };
    expect(verdict(before, now)).to.include({ kind: 'not-made' });
  });

  it('cannot be judged when the ids since have been pushed out', () => {
    const full = { labels: recordOf(...others(16)) };
    expect(verdict({ labels: recordOf('first', 'last') }, full)).to.deep.equal({ kind: 'unknown' });
    expect(verdict({}, full)).to.deep.equal({ kind: 'unknown' });
  });

  it('cannot be judged when the record has been wiped since', () => {
    expect(verdict({ labels: recordOf('other') }, { labels: {} })).to.deep.equal({ kind: 'unknown' });
  });

  it('cannot be judged when somebody has overwritten the record with something else', () => {
    expect(verdict({ labels: recordOf('other') }, { labels: { 'com.df.scaleState': 'x' } })).to.deep.equal({
      kind: 'unknown',
    });
  });

  it('is not looked for in a record that cannot be read', () => {
    expect(verdict({}, { labels: { 'com.df.scaleState': '"ours"' } })).to.not.include({ kind: 'made' });
  });
});
