import { expect } from 'chai';
import type { Service } from '#core/swarm/swarm.ts';
import { stage } from '../support/scale-service-stage.ts';

const up = { service: 'web', scale: 'up' };

describe("docker-scaler's messages", () => {
  const bounds = { 'com.df.scaleMin': '2', 'com.df.scaleMax': '2' };
  const messages: readonly [Record<string, string>, Partial<Service>, string][] = [
    [up, {}, 'Scaling web from 2 to 3 replicas (min: 1, max: 5)'],
    [up, { labels: bounds }, 'web is already scaled to the maximum number of 2 replicas'],
    [
      { ...up, scale: 'down' },
      { labels: bounds },
      'web is already descaled to the minimum number of 2 replicas',
    ],
    [up, { mode: 'global' }, 'web is a global service (can not be scaled)'],
    [{}, {}, 'No service name in request'],
    [{ service: 'web' }, {}, 'No scale direction in request'],
  ];
  for (const [query, service, message] of messages) {
    it(`are kept: ${message}`, async () => {
      const { call } = stage({ services: [{ name: 'web', ...service }] });
      expect((await call({ query })).body.message).to.equal(message);
    });
  }

  it('are kept, with what was wrong behind them: Incorrect scale direction in request', async () => {
    const { call } = stage();
    const { body } = await call({ query: { ...up, scale: 'sideways' } });
    expect(body.message).to.match(/^Incorrect scale direction in request/);
  });
});
