import { expect } from 'chai';
import { readScaleState, recordStep, type ScaleState } from '#core/scaling/scale-state.ts';
import { NOW, seconds } from '../../support/service.ts';

const AT = '2026-01-31T12:00:00.000Z';
const step = { direction: 'up', from: 2, to: 3, cause: 'alert cpu', id: 'id-new', now: NOW } as const;

/** The label after a step on top of this state, read back. */
const stateAfter = (state: ScaleState, parts: Partial<typeof step> = {}): ScaleState =>
  readScaleState({ 'com.df.scaleState': recordStep(state, { ...step, ...parts }) }).state;

const appliedAt = (id: string, time: number) => ({ id, at: new Date(time).toISOString() });

describe('the record on a service', () => {
  it('is small JSON with the last step and the ids of late', () => {
    expect(JSON.parse(recordStep({ applied: [] }, step))).to.deep.equal({
      up: { at: AT, from: 2, to: 3, cause: 'alert cpu' },
      applied: [{ id: 'id-new', at: AT }],
    });
  });

  it('keeps the last step in the other direction', () => {
    const down = { at: '2026-01-31T11:00:00.000Z', from: 5, to: 4, cause: 'order' };
    expect(stateAfter({ down, applied: [] }))
      .to.include.keys('up')
      .and.deep.include({ down });
  });

  it('keeps ids for a minute', () => {
    const applied = [
      appliedAt('older', NOW - seconds(60)),
      appliedAt('recent', NOW - seconds(60) + 1),
      appliedAt('far ahead', NOW + seconds(60)),
      { id: 'timeless', at: 'yesterday' },
    ];
    expect(stateAfter({ applied }).applied.map(({ id }) => id)).to.deep.equal(['recent', 'id-new']);
  });

  it('keeps sixteen ids, the youngest', () => {
    const applied = Array.from({ length: 16 }, (_, n) => appliedAt(`id-${n}`, NOW - 100 + n));
    const ids = stateAfter({ applied }).applied.map(({ id }) => id);
    expect(ids).to.have.lengthOf(16);
    expect(ids.at(0)).to.equal('id-1');
    expect(ids.at(-1)).to.equal('id-new');
  });

  it('survives any text in a cause', () => {
    const cause = 'alert "\\\u2028😀</script>';
    expect(recordStep({ applied: [] }, { ...step, cause })).to.satisfy(JSON.parse);
    expect(stateAfter({ applied: [] }, { cause: cause as 'alert cpu' }).up?.cause).to.equal(cause);
  });

  it('is none on a service that was never scaled', () => {
    expect(readScaleState({})).to.deep.equal({ state: { applied: [] }, isUnreadable: false });
  });

  it('is none, and told to be unreadable, when somebody wrote something else', () => {
    for (const text of ['', 'x', '7', '{}', '{"applied":{}}', '{"applied":[],"up":{}}']) {
      expect(readScaleState({ 'com.df.scaleState': text })).to.deep.equal({
        state: { applied: [] },
        isUnreadable: true,
      });
    }
  });
});
