import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDemoService } from '../../examples/demo-service/demo-service.mjs';

const ROOT = join(import.meta.dirname, '../..');

describe('The demo service', () => {
  let server: ReturnType<typeof createDemoService>;
  let url: string;

  beforeEach(async () => {
    server = createDemoService().listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const metrics = async () => (await fetch(`${url}/metrics`)).text();

  it('counts a request by its code and method', async () => {
    expect(await (await fetch(`${url}/demo/hello`)).text()).to.equal('hello, world!\n');
    expect(await metrics()).to.include('http_server_resp_time_count{method="GET",code="200"} 1');
  });

  it('answers later when a delay is asked for, and measures it', async () => {
    await fetch(`${url}/demo/hello?delay=110`);
    const page = await metrics();
    expect(page).to.include('http_server_resp_time_bucket{le="0.1",method="GET",code="200"} 0');
    expect(page).to.include('http_server_resp_time_bucket{le="+Inf",method="GET",code="200"} 1');
  });

  it('has the buckets that the shortcuts of the tutorial name', async () => {
    await fetch(`${url}/demo/hello`);
    const page = await metrics();
    for (const bucket of ['0.025', '0.1']) expect(page).to.include(`le="${bucket}"`);
  });

  it('is idle as long as only health checks and scrapes come', async () => {
    expect((await fetch(`${url}/healthz`)).status).to.equal(200);
    await metrics();
    expect(await metrics()).not.to.include('http_server_resp_time_count{');
  });

  for (const path of ['/demo/hello?delay=soon', '/demo/hello?delay=-1', '/demo/hello?delay=60001']) {
    it(`refuses ${path}`, async () => {
      const response = await fetch(`${url}${path}`);
      expect(response.status).to.equal(400);
      expect(await response.text()).to.equal('delay: expected milliseconds from 0 to 60000\n');
    });
  }

  it('survives paths that make no sense', async () => {
    for (const path of ['/', '//', '/demo/%']) {
      expect(await (await fetch(`${url}${path}`)).text()).to.include('Nothing here');
    }
  });

  it('has the same prom-client in its image as in this test', async () => {
    const dependency = async (manifest: string, kind: string) =>
      JSON.parse(await readFile(join(ROOT, manifest), 'utf8'))[kind]['prom-client'];
    expect(await dependency('examples/demo-service/package.json', 'dependencies')).to.equal(
      await dependency('package.json', 'devDependencies'),
    );
  });
});
