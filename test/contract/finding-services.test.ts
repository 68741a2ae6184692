import { expect } from 'chai';
import { onBothEngines } from './engines.ts';
import { filters, type Inspected, specOf } from './test-services.ts';

onBothEngines('Finding services', (engine) => {
  it('finds one by its ID, its name and the beginning of its ID', async () => {
    const id = await engine().services.create(specOf('web'));
    for (const nameOrId of [id, 'web', id.slice(0, 10)]) {
      expect(await engine().services.inspect(nameOrId)).to.have.property('ID', id);
    }
  });

  it('does not find one by the beginning of its name', async () => {
    await engine().services.create(specOf('web'));
    const { status, message } = await engine().client.get('/services/we');
    expect({ status, message }).to.deep.equal({ status: 404, message: 'service we not found' });
  });

  it('says which service is not there, whatever was to be done with it', async () => {
    const { client, services } = engine();
    const answers = [
      await client.get('/services/nosuch'),
      await client.delete('/services/nosuch'),
      await services.post('nosuch', 1, JSON.stringify(specOf('nosuch'))),
    ];
    for (const { status, message } of answers) {
      expect({ status, message }).to.deep.equal({ status: 404, message: 'service nosuch not found' });
    }
  });

  it('lets nobody create a second service of the same name', async () => {
    const { client, services } = engine();
    await services.create(specOf('web'));
    const { status, message } = await client.post('/services/create', JSON.stringify(specOf('web')));
    expect(status).to.equal(409);
    expect(message).to.contain('name conflicts with an existing object: service web already exists');
  });

  it('no longer finds a removed one', async () => {
    const { client, services } = engine();
    await services.create(specOf('web'));
    expect(await client.delete('/services/web')).to.have.property('status', 200);
    expect(await client.get('/services/web')).to.have.property('status', 404);
  });

  const LISTS = [
    { filter: {}, found: ['api', 'web', 'web-2'] },
    { filter: { name: ['web'] }, found: ['web', 'web-2'] },
    { filter: { name: ['eb'] }, found: [] },
    { filter: { name: { api: true } }, found: ['api'] },
    { filter: { label: ['tier'] }, found: ['api', 'web'] },
    { filter: { label: ['tier=front'] }, found: ['web'] },
    { filter: { label: ['tier', 'other'] }, found: [] },
    { filter: { mode: ['global'] }, found: ['web-2'] },
  ];
  for (const { filter, found } of LISTS) {
    it(`lists ${found.join(', ') || 'none'} for the filter ${JSON.stringify(filter)}`, async () => {
      const { client, services } = engine();
      await services.create(specOf('web', { Labels: { tier: 'front' } }));
      await services.create(specOf('web-2', { Mode: { Global: {} } }));
      await services.create(specOf('api', { Labels: { tier: 'back' } }));
      const { text } = await client.get(`/services?filters=${filters(filter)}`);
      const listed: Inspected[] = JSON.parse(text);
      expect(listed.map(({ Spec }) => Spec.Name)).to.have.members(found);
    });
  }

  it('refuses a filter that it does not know', async () => {
    const { status, message } = await engine().client.get(
      `/services?filters=${filters({ colour: ['red'] })}`,
    );
    expect(status).to.equal(400);
    expect(message?.toLowerCase()).to.contain("invalid filter 'colour'");
  });
});
