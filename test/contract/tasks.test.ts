import { expect } from 'chai';
import { BROKEN_IMAGE, NEXT_SLEEP_IMAGE, SLEEP_IMAGE } from '../support/test-images.ts';
import { waitFor } from '../support/wait-for.ts';
import { onBothEngines } from './engines.ts';
import {
  BRIEFLY_WATCHED,
  filters,
  type Inspected,
  onFailure,
  runningSpecOf,
  specOf,
  type Task,
  toImage,
  toLabel,
  toReplicas,
} from './test-services.ts';

const TASKS_MS = 30_000;

const idsOf = (tasks: readonly Task[]) => tasks.map(({ ID }) => ID).sort();

onBothEngines('Tasks', (engine) => {
  const statusOf = async (name: string) => {
    const { text } = await engine().client.get(`/services?status=true&filters=${filters({ name: [name] })}`);
    const [service]: Inspected[] = JSON.parse(text);
    return service?.ServiceStatus;
  };

  it('follow the count, up and down, and the others go on', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web'));
    const two = await services.waitForRunning('web', 2);
    expect(two.map(({ Slot }) => Slot)).to.have.members([1, 2]);

    await services.update('web', toReplicas(3));
    const three = await services.waitForRunning('web', 3);
    expect(idsOf(three)).to.include.members(idsOf(two));

    await services.update('web', toReplicas(1));
    const one = await services.waitForRunning('web', 1);
    expect(idsOf(three)).to.include.members(idsOf(one));
  }).timeout(TASKS_MS);

  it('are counted in the list of services: those that run, and those that should', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web'));
    await services.waitForRunning('web', 2);
    expect(await statusOf('web')).to.include({ RunningTasks: 2, DesiredTasks: 2 });

    await services.create(specOf('nowhere', { Mode: { Replicated: { Replicas: 3 } } }));
    expect(await statusOf('nowhere')).to.include({ RunningTasks: 0, DesiredTasks: 3 });
    expect(await services.inspect('web')).not.to.have.property('ServiceStatus');
  }).timeout(TASKS_MS);

  it('wait where no node meets the constraints', async () => {
    const { services } = engine();
    await services.create(specOf('web'));
    const tasks = await waitFor('pending tasks', async () => {
      const found = await services.tasks('web');
      return found.length === 2 && found.every(({ Status }) => Status.Err !== undefined) && found;
    });
    for (const { DesiredState, Status } of tasks) {
      expect({ DesiredState, State: Status.State, Err: Status.Err }).to.deep.equal({
        DesiredState: 'running',
        State: 'pending',
        Err: 'no suitable node (scheduling constraints not satisfied on 1 node)',
      });
    }
  });

  it('of a global service run once on each node, without a slot', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('agent', { Mode: { Global: {} } }));
    const [task] = await services.waitForRunning('agent', 1);
    expect(task).not.to.have.property('Slot');
    expect(await statusOf('agent')).to.include({ RunningTasks: 1, DesiredTasks: 1 });
  }).timeout(TASKS_MS);

  it('of a job run as many at a time as it says, to completion, and anew after every update', async () => {
    const { services } = engine();
    const runningTasks = () =>
      waitFor('the only task to run', async () => {
        const tasks = await services.tasks('job');
        return tasks.length === 1 && tasks[0]?.Status.State === 'running' && tasks;
      });
    const mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } };
    await services.create(runningSpecOf('job', { Mode: mode }));
    const [before] = await runningTasks();
    expect(before?.DesiredState).to.equal('complete');

    await services.update('job', toLabel('a', 'b'));
    await waitFor('another task', async () => (await runningTasks())[0]?.ID !== before?.ID);
  }).timeout(TASKS_MS);

  it('go on when only a label of the service changes', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web'));
    const before = await services.waitForRunning('web', 2);
    await services.update('web', toLabel('com.df.scaleState', '{}'));
    await services.update('web', toReplicas(3));
    const after = await services.waitForRunning('web', 3);
    expect(idsOf(after)).to.include.members(idsOf(before));
    expect(await services.inspect('web')).not.to.have.property('UpdateStatus');
  }).timeout(TASKS_MS);

  it('are replaced one after the other when the image changes, and the update is completed', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web', { UpdateConfig: BRIEFLY_WATCHED }));
    const before = await services.waitForRunning('web', 2);
    await services.update('web', toImage(NEXT_SLEEP_IMAGE));
    await services.waitForState('web', 'updating');
    const { UpdateStatus, PreviousSpec } = await services.waitForState('web', 'completed');
    expect(UpdateStatus).to.include({ Message: 'update completed' }).and.to.have.property('CompletedAt');
    expect(PreviousSpec?.TaskTemplate.ContainerSpec.Image).to.equal(SLEEP_IMAGE);

    const after = await services.waitForRunning('web', 2);
    expect(idsOf(after)).not.to.include.oneOf(idsOf(before));
    expect(after.map(({ Spec }) => Spec.ContainerSpec.Image)).to.deep.equal([
      NEXT_SLEEP_IMAGE,
      NEXT_SLEEP_IMAGE,
    ]);
    await services.update('web', toReplicas(1));
    expect(await services.inspect('web')).not.to.have.property('UpdateStatus');
  }).timeout(TASKS_MS);

  it('go back to the good image when the new one fails and the service says rollback', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web', onFailure('rollback')));
    await services.waitForRunning('web', 2);
    await services.update('web', toImage(BROKEN_IMAGE));
    const service = await services.waitForState('web', 'rollback_completed');
    expect(service.Spec.TaskTemplate.ContainerSpec.Image).to.equal(SLEEP_IMAGE);
    expect(service).not.to.have.property('PreviousSpec');
    expect(service.UpdateStatus).to.include({ Message: 'rollback completed' });
    await services.waitForRunning('web', 2);
  }).timeout(TASKS_MS);

  it('stay broken after the rollback when somebody scaled in the middle of the update', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web', onFailure('rollback')));
    await services.waitForRunning('web', 2);
    await services.update('web', toImage(BROKEN_IMAGE));
    await services.waitForState('web', 'updating');
    await services.update('web', toReplicas(3));
    const { Spec } = await services.waitForState('web', 'rollback_completed');
    expect(Spec.TaskTemplate.ContainerSpec.Image).to.equal(BROKEN_IMAGE);
    expect(Spec.Mode.Replicated.Replicas).to.equal(2);
  }).timeout(TASKS_MS);

  it('stop being replaced when the new image fails and the service says pause', async () => {
    const { services } = engine();
    await services.create(runningSpecOf('web', onFailure('pause')));
    await services.waitForRunning('web', 2);
    await services.update('web', toImage(BROKEN_IMAGE));
    const { UpdateStatus, PreviousSpec } = await services.waitForState('web', 'paused');
    expect(UpdateStatus?.Message).to.match(
      /^update paused due to failure or early termination of task [a-z0-9]{25}$/,
    );
    expect(UpdateStatus).not.to.have.property('CompletedAt');
    expect(PreviousSpec?.TaskTemplate.ContainerSpec.Image).to.equal(SLEEP_IMAGE);
    await services.waitForRunning('web', 1);
  }).timeout(TASKS_MS);

  it('are all replaced when the new image fails and the service says continue', async () => {
    const { services } = engine();
    await services.create(
      runningSpecOf('web', { UpdateConfig: { ...BRIEFLY_WATCHED, FailureAction: 'continue' } }),
    );
    await services.waitForRunning('web', 2);
    await services.update('web', toImage(BROKEN_IMAGE));
    await services.waitForState('web', 'completed');
    const current = (await services.tasks('web')).filter(({ DesiredState }) => DesiredState !== 'shutdown');
    expect(current.map(({ Spec }) => Spec.ContainerSpec.Image)).not.to.include(SLEEP_IMAGE);
  }).timeout(TASKS_MS);

  it('of an image that fails say so, and are started anew', async () => {
    const { services } = engine();
    const template = { ...runningSpecOf('').TaskTemplate, ContainerSpec: { Image: BROKEN_IMAGE } };
    await services.create(runningSpecOf('web', { TaskTemplate: template }));
    const failed = await waitFor('two failures', async () => {
      const tasks = await services.tasks('web');
      const found = tasks.filter(({ Slot, Status }) => Slot === 1 && Status.State === 'failed');
      return found.length >= 2 && found;
    });
    expect(failed[0]?.Status.Err).to.equal('task: non-zero exit (1)');
    expect(failed[0]?.DesiredState).to.equal('shutdown');
  }).timeout(TASKS_MS);

  it('that failed and must not be started anew keep their place', async () => {
    const { services } = engine();
    const template = { ContainerSpec: { Image: BROKEN_IMAGE }, RestartPolicy: { Condition: 'none' } };
    const mode = { Replicated: { Replicas: 1 } };
    await services.create(runningSpecOf('web', { TaskTemplate: template, Mode: mode }));
    const waitForFailures = (count: number) =>
      waitFor(`${count} failed tasks`, async () => {
        const tasks = await services.tasks('web');
        return tasks.length === count && tasks.every(({ Status }) => Status.State === 'failed') && tasks;
      });
    const [first] = await waitForFailures(1);
    await services.update('web', toReplicas(2));
    const both = await waitForFailures(2);
    expect(both.map(({ Slot }) => Slot)).to.have.members([1, 2]);
    expect(idsOf(both)).to.include(first?.ID);
  }).timeout(TASKS_MS);

  it('that ended are kept, five of each slot', async () => {
    const { services } = engine();
    const template = {
      ContainerSpec: { Image: BROKEN_IMAGE },
      RestartPolicy: { Delay: 1_000_000 },
    };
    await services.create(
      runningSpecOf('web', { TaskTemplate: template, Mode: { Replicated: { Replicas: 1 } } }),
    );
    const seen = new Set<string>();
    await waitFor('eight tasks, one after the other', async () => {
      for (const { ID } of await services.tasks('web')) seen.add(ID);
      return seen.size >= 8;
    });
    await waitFor('the oldest to be forgotten', async () => (await services.tasks('web')).length <= 6);
  }).timeout(TASKS_MS);

  it('end with their service', async () => {
    const { client, services } = engine();
    const id = await services.create(runningSpecOf('web'));
    await services.waitForRunning('web', 2);
    await client.delete('/services/web');
    await waitFor('the tasks to be gone', async () => {
      const tasks: { ServiceID: string }[] = JSON.parse((await client.get('/tasks')).text);
      return tasks.every(({ ServiceID }) => ServiceID !== id);
    });
  }).timeout(TASKS_MS);

  it('are listed by service and desired state, and not for a service that is not there', async () => {
    const { client, services } = engine();
    await services.create(specOf('web'));
    await services.waitForTasks('web', 2);
    const stopped = await client.get(
      `/tasks?filters=${filters({ service: ['web'], 'desired-state': ['shutdown'] })}`,
    );
    expect(JSON.parse(stopped.text)).to.deep.equal([]);

    const { status, message } = await client.get(`/tasks?filters=${filters({ service: ['nosuch'] })}`);
    expect({ status, message }).to.deep.equal({ status: 404, message: 'service nosuch not found' });
  });
});
