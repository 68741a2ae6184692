import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { onBothEngines } from './engines.ts';
import { filters, specOf, toLabel, toReplicas } from './test-services.ts';

onBothEngines('Events', (engine) => {
  it('tell of every service that is created, changed and removed', async () => {
    const { client, services } = engine();
    const stream = await client.open(`/events?filters=${filters({ type: ['service'] })}`);
    const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
    const next = async () => {
      for (;;) {
        const event = JSON.parse((await lines.next()).value);
        // The engine may still be telling of services of the tests before.
        if (event.Actor.Attributes.name === 'told') return event;
      }
    };
    try {
      const id = await services.create(specOf('told'));
      const created = await next();
      expect(created).to.include({ Type: 'service', Action: 'create', scope: 'swarm' });
      expect(created.Actor).to.deep.equal({ ID: id, Attributes: { name: 'told' } });

      await services.update('told', toReplicas(3));
      expect(await next()).to.deep.include({
        Action: 'update',
        Actor: { ID: id, Attributes: { name: 'told', 'replicas.old': '2', 'replicas.new': '3' } },
      });

      await services.update('told', toLabel('a', 'b'));
      expect(await next()).to.deep.include({
        Action: 'update',
        Actor: { ID: id, Attributes: { name: 'told' } },
      });

      await client.delete('/services/told');
      expect(await next()).to.include({ Action: 'remove' });
    } finally {
      stream.destroy();
    }
  });
});
