import { expect } from 'chai';
import { playDemo } from '../support/demo.ts';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';

describe('The demo on a real Swarm manager', () => {
  let engine: PrivateEngine;

  before(async function () {
    engine = await requireEngine(this);
  });

  it('plays every scene, says where, and leaves no service behind', async () => {
    const before = await engine.docker('service', 'ls', '--quiet');
    const { code, output } = await playDemo(`unix://${engine.socketPath}`);
    expect(output).to.include(`On the Docker engine at unix://${engine.socketPath}`);
    expect(output).to.include('Done. Every answer was the expected one.');
    expect(code).to.equal(0);
    expect(await engine.docker('service', 'ls', '--quiet')).to.equal(before);
  }).timeout(60_000);
});
