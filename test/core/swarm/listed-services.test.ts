import { expect } from 'chai';
import { readServices } from '#core/swarm/listed-services.ts';
import { SwarmError } from '#core/swarm/swarm.ts';

const listed = (Spec: object) => ({ ID: 'id', Version: { Index: 10 }, Spec });

describe('the list of services', () => {
  it('is read into our own terms, whatever else it says', () => {
    const answer = [
      listed({ Name: 'web', Labels: { a: 'b' }, Mode: { Replicated: { Replicas: 3 } }, TaskTemplate: {} }),
      listed({ Name: 'agent', Labels: null, Mode: { Global: {} } }),
    ];
    expect(readServices(JSON.stringify(answer))).to.deep.equal([
      { name: 'web', mode: 'replicated', replicas: 3, labels: { a: 'b' } },
      { name: 'agent', mode: 'global', replicas: 0, labels: {} },
    ]);
  });

  it('may be empty', () => expect(readServices('[]')).to.deep.equal([]));

  for (const answer of ['', '{}', 'null', '[null]', '[{"ID":"id"}]']) {
    it(`is not ${JSON.stringify(answer)}`, () => expect(() => readServices(answer)).to.throw(SwarmError));
  }
});
