import { expect } from 'chai';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import type { Swarm } from '#core/swarm/swarm.ts';
import { startRecorder } from '../support/recorder.ts';
import { serve } from './served.ts';

/** What `/healthz` says, asked without a token, in front of this Swarm. */
async function healthWith(checkManager: Swarm['checkManager']) {
  const served = await serve({ checkManager });
  try {
    return await served.call('/healthz', { method: 'GET', headers: {} });
  } finally {
    await served.close();
  }
}

/** The check of the Swarm behind this address. */
const checkOf = (address: string): Swarm['checkManager'] =>
  createDockerodeSwarm(
    readDockerHost({ DOCKER_HOST: address, DOCKER_TLS_VERIFY: undefined, DOCKER_CERT_PATH: undefined }),
  ).checkManager;

async function healthBefore(engine: { readonly status: number; readonly answer: string }) {
  const recorder = await startRecorder(engine);
  try {
    return await healthWith(checkOf(recorder.url.replace('http:', 'tcp:')));
  } finally {
    await recorder.close();
  }
}

describe('the readiness of the standalone server', () => {
  it('is there when the engine answers as a Swarm manager', async () => {
    const { status, body } = await healthBefore({ status: 200, answer: '[]' });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ status: 'OK', message: 'The engine answers as a Swarm manager' });
  });

  it('is not there when the engine is no manager; it says so', async () => {
    const { status, headers, body } = await healthBefore({
      status: 503,
      answer: '{"message":"This node is not a swarm manager."}',
    });
    expect(status).to.equal(503);
    expect(headers.get('retry-after')).to.equal('10');
    expect(body).to.deep.equal({
      status: 'NOK',
      message: 'The engine is no Swarm manager: This node is not a swarm manager.',
    });
  });

  it('is not there when the engine fails', async () => {
    const { status, body } = await healthBefore({ status: 500, answer: '{"message":"no leader"}' });
    expect(status).to.equal(503);
    expect(body.message).to.equal('The engine failed (HTTP 500): no leader');
  });

  it('is not there when no engine listens', async () => {
    const { status, body } = await healthWith(checkOf('unix:///nowhere/docker.sock'));
    expect(status).to.equal(503);
    expect(body.message).to.match(/cannot be reached.*is the Docker socket mounted\?/);
  });

  it('gives the engine two seconds', async () => {
    let given = 0;
    await healthWith(async ({ timeoutMs }) => {
      given = timeoutMs;
    });
    expect(given).to.equal(2000);
  });
});
