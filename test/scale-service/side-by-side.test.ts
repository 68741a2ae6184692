import { expect } from 'chai';
import type { Direction } from '#core/alerts/scale-request.ts';
import { sideBySide } from '../../functions/scale-service/side-by-side.ts';
import { alertFor } from '../support/request.ts';

const requestsFor = (direction: Direction, count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...alertFor(direction), service: `${direction}-${n}` }));

describe('the parts of one request', () => {
  it('have their results in the order in which they were asked for', async () => {
    const requests = [...requestsFor('down', 20), ...requestsFor('up', 20)];
    expect(await sideBySide(requests, async ({ service }) => service)).to.deep.equal(
      requests.map(({ service }) => service),
    );
  });

  it('that go down wait until all that go up have had their turn', async () => {
    const steps: string[] = [];
    await sideBySide([...requestsFor('down', 2), ...requestsFor('up', 2)], async ({ direction }) => {
      steps.push(`${direction} begins`);
      await new Promise(setImmediate);
      steps.push(`${direction} ends`);
    });
    expect(steps.lastIndexOf('up ends')).to.be.lessThan(steps.indexOf('down begins'));
  });

  it('take turns at being the first', async () => {
    const first = new Set<string>();
    for (let count = 0; count < 500; count += 1) {
      const order: string[] = [];
      await sideBySide(requestsFor('up', 10), async ({ service }) => order.push(service));
      first.add(order[0] ?? '');
    }
    expect(first).to.have.lengthOf(10);
  });
});
