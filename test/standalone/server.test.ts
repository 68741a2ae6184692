import { expect } from 'chai';
import { type Served, serve } from './served.ts';

const LARGEST_BODY = 1024 * 1024;

describe('the standalone server', () => {
  let served: Served;

  beforeEach(async () => {
    served = await serve();
  });

  afterEach(() => served.close());

  for (const path of ['/function/scale-service', '/v1/scale-service']) {
    it(`scales at ${path}`, async () => {
      const { status, headers, body } = await served.call(`${path}?service=web&scale=up`);
      expect(status).to.equal(200);
      expect(headers.get('content-type')).to.match(/^application\/json\b/);
      expect(body).to.include({ status: 'OK', message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)' });
      expect(served.swarm.get('web').replicas).to.equal(3);
    });

    it(`takes a body at ${path}, whatever its type is said to be`, async () => {
      const body = '{"groupLabels":{"service":"web","scale":"down"}}';
      const { status } = await served.call(path, { method: 'POST', body });
      expect(status).to.equal(200);
      expect(served.swarm.get('web').replicas).to.equal(1);
    });

    it(`takes POST only at ${path}`, async () => {
      const { status, headers, body } = await served.call(`${path}?service=web&scale=up`, { method: 'GET' });
      expect(status).to.equal(405);
      expect(headers.get('allow')).to.equal('POST');
      expect(body).to.deep.equal({
        status: 'NOK',
        message: 'Incorrect method in request: GET; expected POST',
      });
      expect(served.swarm.calls).to.deep.equal([]);
    });

    it(`asks for credentials at ${path}`, async () => {
      const { status, headers, body } = await served.call(`${path}?service=web&scale=up`, { headers: {} });
      expect(status).to.equal(401);
      expect(headers.get('www-authenticate')).to.equal('Bearer');
      expect(body).to.include({ status: 'NOK' });
      expect(served.swarm.calls).to.deep.equal([]);
    });
  }

  it('serves notify', async () => {
    const { status, body } = await served.call('/function/notify', {
      body: '{"alerts":[{"status":"firing","labels":{},"annotations":{}}]}',
    });
    expect(status).to.equal(200);
    expect(body).to.include({ message: 'No channel is configured for this', notified: false });
  });

  it('asks for credentials before it notifies anybody', async () => {
    expect(await served.call('/function/notify', { headers: {} })).to.include({ status: 401 });
  });

  it('knows no other function', async () => {
    for (const path of ['/function/env', '/async-function/env', '/function/toString']) {
      const { status, body } = await served.call(path);
      expect(status).to.equal(404);
      expect(body).to.deep.equal({ status: 'NOK', message: `No such function: ${path.split('/')[2]}` });
    }
  });

  it('knows no other path', async () => {
    const { status, body } = await served.call('/v1/<scale>%0Aservice', { method: 'GET' });
    expect(status).to.equal(404);
    expect(body).to.deep.equal({ status: 'NOK', message: 'No such path: /v1/%3Cscale%3E%0Aservice' });
  });

  it('says in JSON what docker-scaler does and it does not', async () => {
    for (const path of ['/v1/scale-nodes?backend=aws', '/v1/reschedule-service', '/v1/reschedule-services']) {
      const { status, body } = await served.call(path);
      expect(status, path).to.equal(501);
      expect(body).to.include({ status: 'NOK' });
      expect(body.message).to.match(/not implemented/);
    }
  });

  it('answers a ping without a token', async () => {
    const { status, body } = await served.call('/v1/ping', { method: 'GET', headers: {} });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ status: 'OK', message: 'pong' });
  });

  for (const path of ['/function/scale-service', '/async-function/scale-service', '/v1/scale-service']) {
    it(`turns a body above 1 MiB away at ${path}`, async () => {
      const { status, body } = await served.call(path, { body: Buffer.alloc(LARGEST_BODY + 1, ' ') });
      expect(status).to.equal(413);
      expect(body).to.include({ status: 'NOK' });
      expect(served.swarm.calls).to.deep.equal([]);
    });
  }

  it('reads a body of 1 MiB', async () => {
    const order = '{"groupLabels":{"service":"web","scale":"up"}}';
    const { status } = await served.call('/v1/scale-service', { body: order.padEnd(LARGEST_BODY) });
    expect(status).to.equal(200);
    expect(served.swarm.get('web').replicas).to.equal(3);
  });
});

describe('the standalone server behind a prefix', () => {
  let served: Served;

  before(async () => {
    served = await serve({ env: { SERVER_PREFIX: '/scaler/' } });
  });

  after(() => served.close());

  it('has all of its paths below it', async () => {
    expect(await served.call('/scaler/v1/scale-service?service=web&scale=up')).to.include({ status: 200 });
    expect(await served.call('/scaler/function/scale-service?service=web&scale=up')).to.include({
      status: 200,
    });
    expect(served.swarm.get('web').replicas).to.equal(4);
    for (const path of ['/scaler/v1/ping', '/scaler/healthz']) {
      expect(await served.call(path, { method: 'GET', headers: {} })).to.include({ status: 200 });
    }
  });

  it('asks for credentials there as well', async () => {
    expect(await served.call('/scaler/v1/scale-service', { headers: {} })).to.include({ status: 401 });
  });
});

describe('the standalone server with SCALER_AUTH=none', () => {
  it('lets anybody scale', async () => {
    const served = await serve({ env: { SCALER_AUTH: 'none' }, secrets: { tokens: [] } });
    try {
      const { status } = await served.call('/v1/scale-service?service=web&scale=up', { headers: {} });
      expect(status).to.equal(200);
    } finally {
      await served.close();
    }
  });
});
