import { expect } from 'chai';
import { fails } from '../support/fake-swarm.ts';
import { stage } from '../support/scale-service-stage.ts';
import { NOW } from '../support/service.ts';

const up = { service: 'web', scale: 'up' };

describe('the log of scale-service', () => {
  it('has one line for each decision, with all that the contract names', async () => {
    const { lines, call } = stage();
    await call({ query: up, headers: { 'x-call-id': 'call-1' } });
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.include({
      level: 'info',
      msg: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
      callId: 'call-1',
      service: 'web',
      direction: 'up',
      from: 2,
      to: 3,
      outcome: 'scaled',
      reason: 'step',
    });
    expect(lines[0]?.requestId).to.match(/^[0-9a-f]{12}$/);
    expect(lines[0]?.time).to.be.a('number');
    expect(lines[0]?.durationMs).to.be.a('number');
  });

  it('has errors as errors and deferrals as warnings', async () => {
    const { swarm, lines, call } = stage();
    swarm.inspectFaults.push(fails('unreachable'));
    await call({ query: up });
    swarm.change('web', { update: { state: 'updating', startedAt: NOW } });
    await call({ query: up });
    await call({ query: { service: 'web' } });
    expect(lines.map(({ level, outcome }) => [level, outcome])).to.deep.equal([
      ['error', 'failed'],
      ['warn', 'deferred'],
      ['error', 'rejected'],
    ]);
  });

  it('has the id that is recorded on the service and reported', async () => {
    const { swarm, lines, reports, call } = stage();
    await call({ query: up });
    const { applied } = JSON.parse(swarm.get('web').labels['com.df.scaleState'] ?? '');
    expect([applied[0].id, reports[0]?.id]).to.deep.equal([lines[0]?.requestId, lines[0]?.requestId]);
  });
});
