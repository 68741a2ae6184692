import { expect } from 'chai';
import { onBothEngines } from './engines.ts';
import { NOWHERE, specOf, toImage, toLabel, toReplicas } from './test-services.ts';

onBothEngines('Updates', (engine) => {
  it('answer 500 "update out of sequence" for another version than the last', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    const { Version } = await services.inspect('web');
    await services.update('web', toReplicas(3));
    const { status, message } = await services.post('web', Version.Index, await services.specText('web'));
    expect({ status, message }).to.deep.equal({
      status: 500,
      message: 'rpc error: code = Unknown desc = update out of sequence',
    });
  });

  it('let one of several through that were made from the same version', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    const { Version } = await services.inspect('web');
    const spec = await services.specText('web');
    const answers = await Promise.all(
      [3, 4, 5, 6].map((count) =>
        services.post('web', Version.Index, spec.replace('"Replicas":2', `"Replicas":${count}`)),
      ),
    );
    expect(answers.map(({ status }) => status)).to.have.members([200, 500, 500, 500]);
  });

  it('answer 400 without a version, and for one that is no number', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    for (const version of ['', 'abc']) {
      const { status, message } = await services.post('web', version, await services.specText('web'));
      expect(status).to.equal(400);
      expect(message).to.contain(`invalid service version '${version}'`);
    }
  });

  it('give the service a higher version', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    const before = await services.inspect('web');
    await services.update('web', toReplicas(3));
    const after = await services.inspect('web');
    expect(after.Version.Index).to.be.above(before.Version.Index);
  });

  it('of the count keep the spec before as PreviousSpec, and are no rolling update', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    expect(await services.inspect('web')).not.to.have.property('PreviousSpec');
    const { status, text } = await services.update('web', toReplicas(3));
    expect({ status, answer: JSON.parse(text) }).to.deep.equal({ status: 200, answer: { Warnings: null } });

    const { Spec, PreviousSpec, UpdateStatus } = await services.inspect('web');
    expect(Spec.Mode.Replicated.Replicas).to.equal(3);
    expect(PreviousSpec?.Mode.Replicated.Replicas).to.equal(2);
    expect(UpdateStatus).to.equal(undefined);
  });

  it('are taken by ID, by name, with registryAuthFrom, and with an API version in the path', async () => {
    const { client, services } = engine();
    const id = await services.create(specOf('web'));
    for (const path of [`/services/${id}`, '/services/web', '/v1.41/services/web']) {
      const { Version } = await services.inspect(id);
      const query = `version=${Version.Index}&registryAuthFrom=spec`;
      const { status } = await client.post(`${path}/update?${query}`, await services.specText(id));
      expect(status).to.equal(200);
    }
  });

  it('cannot rename a service, nor change its mode', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    const renamed = await services.update('web', [['Name'], 'web-2']);
    const changed = await services.update('web', [['Mode'], { Global: {} }]);
    expect([renamed.status, changed.status]).to.deep.equal([501, 501]);
    expect(renamed.message).to.contain('renaming services is not supported');
    expect(changed.message).to.contain('service mode change is not allowed');
  });

  it('of the image begin a rolling update, which waits as long as its tasks find no node', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    await services.waitForTasks('web', 2);
    await services.update('web', toImage('another:1'));
    const { UpdateStatus, PreviousSpec } = await services.waitForState('web', 'updating');
    expect(UpdateStatus).to.have.property('Message', 'update in progress');
    expect(UpdateStatus).not.to.have.property('CompletedAt');
    expect(PreviousSpec?.TaskTemplate.ContainerSpec.Image).not.to.equal('another:1');
  });

  it('bump the version once more when the rolling update is reported', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    await services.waitForTasks('web', 2);
    const { Version: before } = await services.inspect('web');
    await services.update('web', toImage('another:1'));
    const { Version: after } = await services.waitForState('web', 'updating');
    expect(after.Index).to.be.at.least(before.Index + 2);
  });

  it('in the middle of a rolling update make the new, unproven spec the previous one', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    await services.waitForTasks('web', 2);
    await services.update('web', toImage('another:1'));
    await services.waitForState('web', 'updating');
    await services.update('web', toLabel('a', 'b'));
    const { PreviousSpec } = await services.inspect('web');
    expect(PreviousSpec?.TaskTemplate.ContainerSpec.Image).to.equal('another:1');
  });

  it('of the image of a service without tasks are no rolling update', async () => {
    const { services } = engine();
    await services.create(specOf('web', { Mode: { Replicated: { Replicas: 0 } } }));
    await services.update('web', toImage('another:1'));
    await services.update('web', toReplicas(1));
    expect(await services.inspect('web')).not.to.have.property('UpdateStatus');
  });

  it('with rollback=previous swap the spec and the previous one', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    await services.update('web', toReplicas(5));
    const { Version } = await services.inspect('web');
    const spec = await services.specText('web');
    const { status } = await services.post('web', Version.Index, spec, '&rollback=previous');
    expect(status).to.equal(200);

    const { Spec, PreviousSpec, UpdateStatus } = await services.waitForState('web', 'rollback_completed');
    expect(Spec.Mode.Replicated.Replicas).to.equal(2);
    expect(PreviousSpec?.Mode.Replicated.Replicas).to.equal(5);
    expect(UpdateStatus).to.have.property('CompletedAt');
  });

  it('with rollback=previous are refused where there is no previous spec', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    const { Version } = await services.inspect('web');
    const spec = await services.specText('web');
    const { status, message } = await services.post('web', Version.Index, spec, '&rollback=previous');
    expect(status).to.equal(400);
    expect(message).to.contain('does not have a previous spec');
  });

  for (const mode of [{ ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }, { GlobalJob: {} }]) {
    it(`of a ${Object.keys(mode)[0]} run it anew, whatever they change`, async () => {
      const { services } = engine();
      const template = {
        ...specOf('').TaskTemplate,
        Placement: NOWHERE,
        RestartPolicy: { Condition: 'none' },
      };
      await services.create(specOf('job', { Mode: mode, TaskTemplate: template }));
      expect((await services.inspect('job')).JobStatus?.JobIteration).to.deep.equal({});
      await services.update('job', toLabel('a', 'b'));
      expect((await services.inspect('job')).JobStatus?.JobIteration).to.deep.equal({ Index: 1 });
    });
  }
});
