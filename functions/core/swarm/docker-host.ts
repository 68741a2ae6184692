import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import type { Config } from '#core/config/settings.ts';
import { ConfigError } from '#core/errors.ts';
import { quoted } from '#core/values.ts';

/** Where the engine is, in dockerode's terms, and what an operator should know about the way to it. */
export interface DockerHost {
  readonly options: Pick<
    Docker.DockerOptions,
    'socketPath' | 'host' | 'port' | 'protocol' | 'ca' | 'cert' | 'key'
  >;
  readonly warning: string | undefined;
}

type DockerSettings = Pick<Config, 'DOCKER_HOST' | 'DOCKER_TLS_VERIFY' | 'DOCKER_CERT_PATH'>;

const EXPECTED = 'expected unix:///path/to/docker.sock or tcp://host:port';

/**
 * Reads `DOCKER_HOST`, `DOCKER_TLS_VERIFY` (any text switches TLS on, as in Docker's CLI) and `DOCKER_CERT_PATH`, so that
 * nothing is left to dockerode's own reading of the environment.
 * @throws {ConfigError} for an address of another kind, and for a pem file that is missing
 */
export function readDockerHost(settings: DockerSettings): DockerHost {
  const { DOCKER_HOST: address } = settings;
  const [, scheme, rest] = /^(\w+):\/\/(.+)$/.exec(address) ?? [];
  switch (scheme) {
    case 'unix':
      return { options: { socketPath: rest, host: undefined }, warning: undefined };
    case 'tcp':
      return readTcp(address, settings);
    case 'ssh':
      throw new ConfigError(
        `DOCKER_HOST=${quoted(address)}: ssh needs a client and keys in the image, which it does not have; ${EXPECTED}`,
      );
    case 'npipe':
      throw new ConfigError(
        `DOCKER_HOST=${quoted(address)}: Windows' named pipes are not supported; ${EXPECTED}`,
      );
    default:
      throw new ConfigError(`DOCKER_HOST=${quoted(address)}: ${EXPECTED}`);
  }
}

function readTcp(address: string, settings: DockerSettings): DockerHost {
  if (!URL.canParse(address) || new URL(address).hostname === '') {
    throw new ConfigError(`DOCKER_HOST=${quoted(address)}: ${EXPECTED}`);
  }
  const { hostname: host, port } = new URL(address);
  if (!settings.DOCKER_TLS_VERIFY) {
    return {
      options: {
        socketPath: undefined,
        host,
        port: port || '2375',
        protocol: 'http',
        ca: undefined,
        cert: undefined,
        key: undefined,
      },
      warning: `DOCKER_HOST=${address} is plain tcp: whoever reaches that port owns the Swarm; keep it on a network of its own, or set DOCKER_TLS_VERIFY`,
    };
  }
  const directory = settings.DOCKER_CERT_PATH;
  if (directory === undefined) {
    throw new ConfigError(
      'DOCKER_TLS_VERIFY is set without DOCKER_CERT_PATH: expected the folder of ca.pem, cert.pem and key.pem',
    );
  }
  const pem = (name: string) => readPem(directory, name);
  return {
    options: {
      socketPath: undefined,
      host,
      port: port || '2376',
      protocol: 'https',
      ca: pem('ca.pem'),
      cert: pem('cert.pem'),
      key: pem('key.pem'),
    },
    warning: undefined,
  };
}

function readPem(directory: string, name: string): string {
  try {
    return readFileSync(join(directory, name), 'utf8');
  } catch (error) {
    throw new ConfigError(
      `DOCKER_CERT_PATH=${quoted(directory)}: expected a readable ${name} in it (${(error as Error).message})`,
      { cause: error },
    );
  }
}
