import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '#core/errors.ts';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { withFiles } from '../../support/with-files.ts';

const read = (DOCKER_HOST: string, DOCKER_TLS_VERIFY?: string, DOCKER_CERT_PATH?: string) =>
  readDockerHost({ DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH });

const PEMS = { 'ca.pem': 'the ca', 'cert.pem': 'the cert', 'key.pem': 'the key' };

describe('the address of the engine', () => {
  it('is a Unix socket', () => {
    const { options, warning } = read('unix:///run/docker.sock');
    expect(options.socketPath).to.equal('/run/docker.sock');
    expect(warning).to.equal(undefined);
  });

  it('is plain tcp, with a warning', () => {
    const { options, warning } = read('tcp://tasks.proxy:2375');
    expect(options).to.include({
      host: 'tasks.proxy',
      port: '2375',
      protocol: 'http',
      socketPath: undefined,
    });
    expect(warning).to.match(/^DOCKER_HOST=tcp:\/\/tasks\.proxy:2375 is plain tcp/);
  });

  it('has the port that Docker uses when none is given', async () => {
    expect(read('tcp://engine').options.port).to.equal('2375');
    await withFiles(PEMS, (directory) => {
      expect(read('tcp://engine', '1', directory).options.port).to.equal('2376');
    });
  });

  for (const anything of ['1', '0', 'false']) {
    it(`is tcp with TLS for DOCKER_TLS_VERIFY=${anything}, as in Docker's CLI`, () =>
      withFiles(PEMS, (directory) => {
        const { options, warning } = read('tcp://engine:2376', anything, directory);
        expect(options).to.include({ protocol: 'https', ca: 'the ca', cert: 'the cert', key: 'the key' });
        expect(warning).to.equal(undefined);
      }));
  }

  for (const missing of Object.keys(PEMS)) {
    it(`stops the start when ${missing} is missing`, () => {
      const { [missing as keyof typeof PEMS]: _, ...others } = PEMS;
      return withFiles(others, (directory) => {
        expect(() => read('tcp://engine:2376', '1', directory)).to.throw(
          ConfigError,
          `DOCKER_CERT_PATH="${directory}": expected a readable ${missing}`,
        );
      });
    });
  }

  it('stops the start for TLS without a folder of certificates', () => {
    expect(() => read('tcp://engine:2376', '1')).to.throw(ConfigError, /DOCKER_TLS_VERIFY.*DOCKER_CERT_PATH/);
  });

  it('needs no certificates for a Unix socket', () => {
    expect(read('unix:///run/docker.sock', '1', join('/no', 'such')).options.socketPath).to.equal(
      '/run/docker.sock',
    );
  });

  const refused: Readonly<Record<string, RegExp>> = {
    'ssh://root@manager': /ssh needs a client and keys/,
    'npipe:////./pipe/docker_engine': /named pipes are not supported/,
    'http://engine:2375': /expected unix:/,
    '/var/run/docker.sock': /expected unix:/,
    'unix://': /expected unix:/,
    'tcp://': /expected unix:/,
    'tcp://engine:99999': /expected unix:/,
    'tcp://:2375': /expected unix:/,
    engine: /expected unix:/,
  };
  for (const [address, reason] of Object.entries(refused)) {
    it(`is not ${address}`, () => {
      expect(() => read(address))
        .to.throw(ConfigError, reason)
        .with.property('message')
        .that.includes(address);
    });
  }
});
