import { expect } from 'chai';
import { onBothEngines, onBothOutsideASwarm } from './engines.ts';
import { filters, specOf } from './test-services.ts';

onBothEngines('An engine in a Swarm', (engine) => {
  it('answers a ping with OK', async () => {
    expect(await engine().client.get('/_ping')).to.include({ status: 200, text: 'OK' });
  });

  it('says that it is a manager', async () => {
    const { Swarm } = JSON.parse((await engine().client.get('/info')).text);
    expect(Swarm).to.include({ LocalNodeState: 'active', ControlAvailable: true });
  });

  it('says which API it speaks', async () => {
    const version = JSON.parse((await engine().client.get('/version')).text);
    expect(version.ApiVersion).to.match(/^1\.\d+$/);
  });

  it('lists its node, a manager that is ready', async () => {
    const { client } = engine();
    const nodes = JSON.parse((await client.get('/nodes')).text);
    expect(nodes).to.have.length(1);
    expect(nodes[0]).to.have.nested.include({
      'Spec.Role': 'manager',
      'Spec.Availability': 'active',
      'Status.State': 'ready',
      'ManagerStatus.Leader': true,
    });
    const workers = await client.get(`/nodes?filters=${filters({ role: ['worker'] })}`);
    expect(JSON.parse(workers.text)).to.deep.equal([]);
  });

  it('answers the same with and without an API version in the path', async () => {
    const { client, services } = engine();
    await services.create(specOf('web'));
    const { ID } = JSON.parse((await client.get('/v1.41/services/web')).text);
    expect(ID).to.equal((await services.inspect('web')).ID);
  });

  it('refuses an API version that is newer than itself', async () => {
    const { status, message } = await engine().client.get('/v1.99/services');
    expect(status).to.equal(400);
    expect(message).to.contain('client version 1.99 is too new. Maximum supported API version is');
  });

  for (const path of ['/nowhere', '/vx/services', '/services/web/nowhere']) {
    it(`answers 404 for ${path}`, async () => {
      const { status, message } = await engine().client.get(path);
      expect({ status, message }).to.deep.equal({ status: 404, message: 'page not found' });
    });
  }
});

onBothOutsideASwarm('An engine outside a Swarm', (engine) => {
  it('says so', async () => {
    const { Swarm } = JSON.parse((await engine().client.get('/info')).text);
    expect(Swarm).to.include({ LocalNodeState: 'inactive', ControlAvailable: false });
  });

  it('answers 503 whatever it is asked about services, tasks and nodes', async () => {
    const { client, services } = engine();
    const spec = JSON.stringify(specOf('web'));
    const answers = [
      await client.get('/services'),
      await client.get('/services/web'),
      await client.get('/tasks'),
      await client.get('/nodes'),
      await client.post('/services/create', spec),
      await services.post('web', 1, spec),
      await client.delete('/services/web'),
    ];
    for (const { status, message } of answers) {
      expect(status).to.equal(503);
      expect(message).to.equal(
        'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      );
    }
  });
});
