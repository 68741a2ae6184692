import { expect } from 'chai';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { onBothEngines } from './engines.ts';
import { NOWHERE, specOf, textAt, toReplicas } from './test-services.ts';

const ULIMITS = ['TaskTemplate', 'ContainerSpec', 'Ulimits'];

onBothEngines('Specs', (engine) => {
  const createWithUlimit = async (literal: string) => {
    const ulimit = { Name: 'memlock', Hard: '@', Soft: '@' };
    const spec = specOf('web', {
      TaskTemplate: { ContainerSpec: { Image: SLEEP_IMAGE, Ulimits: [ulimit] }, Placement: NOWHERE },
    });
    return engine().client.post('/services/create', JSON.stringify(spec).replaceAll('"@"', literal));
  };

  it('keeps every digit of a 64-bit number', async () => {
    const { services } = engine();
    await createWithUlimit('9223372036854775807');
    await services.update('web', toReplicas(3));
    expect(textAt(await services.specText('web'), ULIMITS)).to.equal(
      '[{"Name":"memlock","Hard":9223372036854775807,"Soft":9223372036854775807}]',
    );
  });

  it('refuses the same number once JSON.parse has rounded it', async () => {
    const { services } = engine();
    await createWithUlimit('9223372036854775807');
    const { Spec, Version } = await services.inspect('web');
    const { status, message } = await services.post('web', Version.Index, JSON.stringify(Spec));
    expect(status).to.equal(400);
    expect(message).to.contain(
      'cannot unmarshal number 9223372036854776000 into Go struct field Ulimit.TaskTemplate.ContainerSpec.Ulimits.Hard of type int64',
    );
  });

  it('refuses a number that is too large already when the service is created', async () => {
    const { status, message } = await createWithUlimit('9223372036854775808');
    expect(status).to.equal(400);
    expect(message).to.contain('cannot unmarshal number 9223372036854775808');
  });

  it('keeps every other byte of the spec when the count changes', async () => {
    const { services } = engine();
    await services.create(specOf('web', { Labels: { z: '1', a: 'ä "quoted" \\ / é' } }));
    const before = await services.specText('web');
    await services.update('web', toReplicas(7));
    expect(await services.specText('web')).to.equal(before.replace('"Replicas":2', '"Replicas":7'));
  });

  it('adds what every spec has: labels, isolation, runtime and the count of forced updates', async () => {
    const { services } = engine();
    await services.create({
      Name: 'web',
      TaskTemplate: { ContainerSpec: { Image: SLEEP_IMAGE }, Placement: NOWHERE },
    });
    expect((await services.inspect('web')).Spec).to.deep.equal({
      Name: 'web',
      Labels: {},
      TaskTemplate: {
        ContainerSpec: { Image: SLEEP_IMAGE, Isolation: 'default' },
        Placement: NOWHERE,
        ForceUpdate: 0,
        Runtime: 'container',
      },
      Mode: { Replicated: { Replicas: 1 } },
    });
  });

  it('adds what every update configuration has', async () => {
    const { services } = engine();
    await services.create(specOf('web', { UpdateConfig: {}, RollbackConfig: { FailureAction: 'continue' } }));
    expect((await services.inspect('web')).Spec).to.deep.include({
      UpdateConfig: { Parallelism: 0, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first' },
      RollbackConfig: { Parallelism: 0, FailureAction: 'continue', MaxFailureRatio: 0, Order: 'stop-first' },
    });
  });

  const GOOD = JSON.stringify(specOf('web'));
  const REFUSED = [
    { what: 'nothing', body: '', words: 'EOF' },
    { what: 'JSON that ends too soon', body: '{"Name":', words: 'unexpected EOF' },
    { what: 'what is not JSON', body: '{"Name":xx', words: "invalid character 'x' looking for beginning" },
    { what: 'an array', body: '[]', words: 'cannot unmarshal array into Go value of type swarm.ServiceSpec' },
    { what: 'null', body: 'null', words: 'mismatched Runtime and *Spec fields' },
    { what: 'a spec without a task template', body: '{"Name":"web"}', words: 'mismatched Runtime' },
    {
      what: 'a negative count',
      body: GOOD.replace('"Replicas":2', '"Replicas":-2'),
      words: 'cannot unmarshal number -2 into Go struct field ReplicatedService.Mode.Replicated.Replicas',
    },
    {
      what: 'half a replica',
      body: GOOD.replace('"Replicas":2', '"Replicas":2.5'),
      words: 'cannot unmarshal number 2.5',
    },
    {
      what: 'a count in quotes',
      body: GOOD.replace('"Replicas":2', '"Replicas":"2"'),
      words: 'cannot unmarshal string into Go struct field ReplicatedService.Mode.Replicated.Replicas',
    },
    {
      what: 'a label that is a number',
      body: GOOD.replace('{', '{"Labels":{"a":1},'),
      words: 'cannot unmarshal number into Go struct field ServiceSpec.Labels of type string',
    },
    {
      what: 'two modes',
      body: GOOD.replace('"Mode":{', '"Mode":{"Global":{},'),
      words: 'must specify only one service mode',
    },
  ];
  for (const { what, body, words } of REFUSED) {
    it(`refuses ${what} with 400, to create and to update`, async () => {
      const { client, services } = engine();
      const created = await client.post('/services/create', body);
      await services.create(specOf('web'));
      const { Version } = await services.inspect('web');
      const updated = await services.post('web', Version.Index, body);
      for (const { status, message } of [created, updated]) {
        expect(status).to.equal(400);
        expect(message).to.contain(words);
      }
    });
  }

  it('refuses a name that is no name in the DNS', async () => {
    const { status, message } = await engine().client.post(
      '/services/create',
      JSON.stringify(specOf('we.b')),
    );
    expect(status).to.equal(400);
    expect(message).to.contain('name must be valid as a DNS name component');
  });
});
