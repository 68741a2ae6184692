import { expect } from 'chai';
import { recordedPayload, webhookOf } from '../support/payloads.ts';
import { stage } from '../support/scale-service-stage.ts';
import { minutes, NOW } from '../support/service.ts';

const up = { service: 'web', scale: 'up' };

describe('scale-service', () => {
  it('plays the tutorial: 2 to 4 on a recorded alert', async () => {
    const labels = { 'com.df.scaleMin': '2', 'com.df.scaleMax': '5', 'com.df.scaleUpBy': '2' };
    const { swarm, reports, call } = stage({ services: [{ name: 'go-demo_main', labels }] });
    const { status, body } = await call({ body: recordedPayload('scale-firing-single') });
    const message = 'Scaling go-demo_main from 2 to 4 replicas (min: 2, max: 5)';
    expect({ status, message: body.message, notified: body.notified }).to.deep.equal({
      status: 200,
      message,
      notified: true,
    });
    expect(swarm.get('go-demo_main').replicas).to.equal(4);
    expect(reports).to.have.lengthOf(1);
    expect(reports[0]?.outcomes).to.deep.equal([
      {
        status: 'success',
        service: 'go-demo_main',
        request: 'Scale service up: go-demo_main',
        summary: message,
        outcome: 'scaled',
        reason: 'step',
        direction: 'up',
        from: 2,
        to: 4,
        min: 2,
        max: 5,
      },
    ]);
  });

  it('makes one step of an alert that is sent again at once', async () => {
    const { swarm, call } = stage({ services: [{ name: 'go-demo_main' }] });
    const body = recordedPayload('scale-firing-single');
    const answers = await Promise.all([call({ body }), call({ body }), call({ body })]);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect(swarm.get('go-demo_main').replicas).to.equal(3);
  });

  it('makes a step of each explicit order, also of many at once', async () => {
    const { swarm, call } = stage({ env: { DEFAULT_MAX_REPLICAS: '99' } });
    const answers = await Promise.all(Array.from({ length: 32 }, () => call({ query: { ...up, by: '1' } })));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect(swarm.get('web').replicas).to.equal(34);
    expect(swarm.calls).to.have.lengthOf(64);
  });

  it('tells of many services in one call, in one report', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `web-${n}`);
    const { reports, call } = stage({ services: names.map((name) => ({ name })) });
    const alerts = names.map((service) => ({ labels: { ...up, service } }));
    const { status, body } = await call({ body: webhookOf(alerts) });
    expect({ status, message: body.message }).to.deep.equal({
      status: 200,
      message: '30 results: 30 scaled',
    });
    expect(reports).to.have.lengthOf(1);
    expect(reports[0]?.outcomes.map(({ service }) => service)).to.deep.equal(names);
  });

  it('works on at most eight services at a time', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `web-${n}`);
    const { swarm, call } = stage({ services: names.map((name) => ({ name })) });
    let [current, most] = [0, 0];
    const count = async () => {
      current += 1;
      most = Math.max(most, current);
      await new Promise(setImmediate);
      current -= 1;
    };
    swarm.inspectFaults.push(...names.map(() => count));
    await call({ body: webhookOf(names.map((service) => ({ labels: { ...up, service } }))) });
    expect(most).to.equal(8);
  });

  it('answers for what it could and could not do in one payload', async () => {
    const { reports, call } = stage({ services: [{ name: 'web' }, { name: 'all', mode: 'global' }] });
    const labels = [up, { ...up, service: 'gone' }, { ...up, service: 'all' }, { ...up, scale: 'left' }];
    const { status, body } = await call({ body: webhookOf(labels.map((one) => ({ labels: one }))) });
    expect(status).to.equal(200);
    expect(body.message).to.equal('4 results: 1 scaled, 3 rejected');
    expect(
      body.results.map(({ service, reason }: Record<string, unknown>) => [service, reason]),
    ).to.deep.equal([
      ['web', 'step'],
      ['gone', 'not-found'],
      ['all', 'mode'],
      ['web', 'bad-request'],
    ]);
    expect(reports[0]?.outcomes.map(({ status }) => status)).to.deep.equal([
      'success',
      'error',
      'error',
      'error',
    ]);
  });

  it('lets the scaling stand when nobody can be told, and says so', async () => {
    const { swarm, lines, call } = stage({
      notify: async () => {
        throw new Error('http://gateway:8080/function/notify: connect ECONNREFUSED');
      },
    });
    const { status, body } = await call({ query: up });
    expect({ status, notified: body.notified }).to.deep.equal({ status: 200, notified: false });
    expect(swarm.get('web').replicas).to.equal(3);
    expect(lines.at(-1)).to.include({ level: 'error', reason: 'notify-failed' });
    expect(lines.at(-1)?.msg).to.match(/ECONNREFUSED/);
  });

  it('is not notified when notify reached nobody', async () => {
    const { call } = stage({ notify: async () => false });
    expect((await call({ query: up })).body.notified).to.equal(false);
  });

  it('touches nothing and tells nobody in a rehearsal', async () => {
    const { swarm, reports, call } = stage();
    const { status, body } = await call({ query: { ...up, dryRun: 'true' } });
    expect(status).to.equal(200);
    expect(body).to.include({ dryRun: true, notified: false });
    expect(body.results[0]).to.include({ outcome: 'scaled', from: 2, to: 3 });
    await call({ query: { ...up, service: 'gone', dryRun: 'true' } });
    await call({ query: { dryRun: 'true' } });
    expect(swarm.calls.join()).to.not.include('update');
    expect(reports).to.deep.equal([]);
  });

  it('answers 200 to resolved alerts and to its own outcomes, without a call to the engine', async () => {
    const { swarm, reports, call } = stage();
    const resolved = await call({ body: recordedPayload('scale-resolved-single') });
    const own = await call({ body: webhookOf([{ labels: { ...up, alertname: 'scale_service' } }]) });
    expect([resolved.status, own.status]).to.deep.equal([200, 200]);
    expect(resolved.body.results[0]).to.include({ outcome: 'held', reason: 'resolved' });
    expect(own.body.results[0]).to.include({ outcome: 'held', reason: 'own-alert' });
    expect({ calls: swarm.calls, reports }).to.deep.equal({ calls: [], reports: [] });
  });

  it('tells of a request without a service as of a bad request', async () => {
    const { reports, call } = stage();
    const { status, body } = await call({});
    expect({ status, message: body.message }).to.deep.equal({
      status: 400,
      message: 'No service name in request',
    });
    expect(reports[0]?.outcomes[0]).to.include({
      status: 'error',
      service: 'bad_request',
      request: 'Incorrect request',
      summary: 'No service name in request',
    });
  });

  it('tells of the same error at most once in ten minutes', async () => {
    const { reports, clock, call } = stage();
    const gone = { query: { ...up, service: 'gone' } };
    for (const at of [0, 1, minutes(10) - 1]) {
      clock.now = NOW + at;
      expect((await call(gone)).status).to.equal(404);
    }
    expect(reports).to.have.lengthOf(1);
    clock.now = NOW + minutes(10);
    await call(gone);
    expect(reports).to.have.lengthOf(2);
  });

  it('tells once that it waits for an update, and again of the next one', async () => {
    const { swarm, reports, call } = stage({
      services: [{ name: 'web', update: { state: 'updating', startedAt: NOW } }],
    });
    for (let count = 0; count < 3; count += 1) expect((await call({ query: up })).status).to.equal(503);
    expect(reports.map(({ outcomes }) => outcomes[0]?.status)).to.deep.equal(['pending']);
    swarm.change('web', { update: { state: 'updating', startedAt: NOW + minutes(5) } });
    await call({ query: up });
    expect(reports).to.have.lengthOf(2);
  });
});
