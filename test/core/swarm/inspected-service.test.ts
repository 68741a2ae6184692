import { expect } from 'chai';
import { readService } from '#core/swarm/inspected-service.ts';
import { SwarmError } from '#core/swarm/swarm.ts';
import { NOW } from '../../support/service.ts';

const at = (time: number) => new Date(time).toISOString();

function read(parts: Record<string, unknown> = {}, spec: Record<string, unknown> = {}) {
  const Spec = { Name: 'web', Labels: { a: 'b' }, Mode: { Replicated: { Replicas: 3 } }, ...spec };
  return readService(JSON.stringify({ ID: 'id', Version: { Index: 10 }, Spec, ...parts }), NOW);
}

describe('the description of a service', () => {
  it('is read into our own terms', () => {
    const { raw, ...service } = read({ PreviousSpec: { Labels: { old: 'label' } } });
    expect(service).to.deep.equal({
      id: 'id',
      name: 'web',
      version: 10,
      mode: 'replicated',
      replicas: 3,
      labels: { a: 'b' },
      previousLabels: { old: 'label' },
      update: undefined,
    });
    expect(JSON.parse(raw)).to.include({ ID: 'id' });
  });

  it('may lack labels and a previous spec, or have null for them', () => {
    for (const Labels of [undefined, null]) {
      expect(read({ PreviousSpec: null }, { Labels })).to.deep.include({ labels: {}, previousLabels: {} });
      expect(read({ PreviousSpec: { Labels } })).to.deep.include({ previousLabels: {} });
    }
  });

  const modes = {
    global: { Global: {} },
    'replicated-job': { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 } },
    'global-job': { GlobalJob: {} },
  };
  for (const [mode, Mode] of Object.entries(modes)) {
    it(`tells a ${mode} service`, () => expect(read({}, { Mode })).to.include({ mode, replicas: 0 }));
  }

  it('tells of an update with its start', () => {
    const UpdateStatus = { State: 'updating', StartedAt: '2026-01-31T11:59:00.123456789Z', Message: '…' };
    expect(read({ UpdateStatus }).update).to.deep.equal({ state: 'updating', startedAt: NOW - 59_877 });
    expect(read({ UpdateStatus: { State: 'paused' } }).update).to.deep.equal({
      state: 'paused',
      startedAt: undefined,
    });
  });

  describe('right after a new task template was stored', () => {
    const TaskTemplate = { ContainerSpec: { Image: 'new' } };
    const PreviousSpec = { TaskTemplate: { ContainerSpec: { Image: 'old' } } };
    const stored = (agoMs: number, parts = {}) =>
      read({ UpdatedAt: at(NOW - agoMs), PreviousSpec, ...parts }, { TaskTemplate }).update;

    it('tells of an update that is about to begin', () => {
      expect(stored(4999)).to.deep.equal({ state: 'pending', startedAt: NOW - 4999 });
      expect(stored(-1000)).to.include({ state: 'pending' });
    });

    it('does not wait for its begin longer than five seconds', () =>
      expect(stored(5000)).to.equal(undefined));

    it('tells what the orchestrator reports once it does', () => {
      expect(stored(100, { UpdateStatus: { State: 'completed' } })).to.include({ state: 'completed' });
      expect(stored(100, { UpdateStatus: null })).to.include({ state: 'pending' });
    });

    it('tells of none when the template is the same: that was a scale', () => {
      expect(stored(100, { PreviousSpec: { TaskTemplate } })).to.equal(undefined);
      expect(stored(100, { PreviousSpec: {} })).to.equal(undefined);
    });
  });

  for (const raw of [
    '',
    '<html>',
    'null',
    '[]',
    '{}',
    '{"ID":"id","Version":{},"Spec":{"Name":"web","Mode":{}}}',
    '{"ID":"id","Version":{"Index":1},"Spec":{"Name":"web","Mode":{"Replicated":{"Replicas":"3"}}}}',
    '{"ID":"id","Version":{"Index":1},"Spec":{"Name":"web","Mode":{},"Labels":{"com.df.scaleMax":7}}}',
  ]) {
    it(`is not ${JSON.stringify(raw)}`, () => {
      expect(() => readService(raw, NOW))
        .to.throw(SwarmError)
        .with.property('kind', 'unanswered');
    });
  }
});
