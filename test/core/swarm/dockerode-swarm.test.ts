import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { readDockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { type Swarm, SwarmError, type SwarmErrorKind } from '#core/swarm/swarm.ts';

const SPEC = '{"Name":"web","Labels":{},"Mode":{"Replicated":{"Replicas":2}},"Big":9223372036854775807}';
const WEB = `{"ID":"8ahi7s5gl3mjm1ktlpsdwbaoh","Version":{"Index":10},"Spec":${SPEC}}`;
const CHANGE = { replicas: 3, label: { key: 'k', value: 'v' } };
const IN_TIME = { timeoutMs: 1000 };

type Engine = (request: IncomingMessage, response: ServerResponse) => void;

/** Runs `use` against an HTTP server that answers as the given engine does. */
async function withEngine(engine: Engine, use: (swarm: Swarm) => Promise<void>, host = '127.0.0.1') {
  const server = createServer(engine).listen(0, host);
  await once(server, 'listening');
  const { port, family } = server.address() as AddressInfo;
  const address = `tcp://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
  const settings = { DOCKER_HOST: address, DOCKER_TLS_VERIFY: undefined, DOCKER_CERT_PATH: undefined };
  try {
    await use(createDockerodeSwarm(readDockerHost(settings)));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function kindOf(call: Promise<unknown>): Promise<SwarmErrorKind | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof SwarmError) return error.kind;
    throw error;
  }
}

describe('the Swarm behind an engine', () => {
  it('is asked without an API version, and the spec goes back as it came', async () => {
    const calls: [string | undefined, string | undefined, string | undefined, string][] = [];
    const engine: Engine = async (request, response) => {
      const { method, url, headers } = request;
      calls.push([method, url, headers['content-type'], await text(request)]);
      response.end(method === 'GET' ? WEB : '{"Warnings":null}');
    };
    await withEngine(engine, async (swarm) => {
      const service = await swarm.inspectService('web', IN_TIME);
      await swarm.updateService(service, CHANGE, IN_TIME);
    });
    expect(calls).to.deep.equal([
      ['GET', '/services/web', undefined, ''],
      [
        'POST',
        '/services/8ahi7s5gl3mjm1ktlpsdwbaoh/update?version=10&registryAuthFrom=spec',
        'application/json',
        '{"Name":"web","Labels":{"k":"v"},"Mode":{"Replicated":{"Replicas":3}},"Big":9223372036854775807}',
      ],
    ]);
  });

  it('is reached over IPv6 as well', () =>
    withEngine(
      (_, response) => response.end(WEB),
      async (swarm) => {
        expect(await swarm.inspectService('web', IN_TIME)).to.include({ name: 'web' });
      },
      '::1',
    ));

  it('does not give a service that was found by the beginning of its ID', () =>
    withEngine(
      (_, response) => response.end(WEB),
      async (swarm) => {
        expect(await kindOf(swarm.inspectService('8ahi', IN_TIME))).to.equal('not-found');
        expect(await kindOf(swarm.inspectService('8ahi7s5gl3mjm1ktlpsdwbaoh', IN_TIME))).to.equal(undefined);
      },
    ));

  it('is told by its words: no such service, lost race', () =>
    withEngine(
      ({ method }, response) => {
        response.statusCode = method === 'GET' ? 404 : 500;
        response.end(
          JSON.stringify({ message: method === 'GET' ? 'service web not found' : 'update out of sequence' }),
        );
      },
      async (swarm) => {
        expect(await kindOf(swarm.inspectService('web', IN_TIME))).to.equal('not-found');
        const service = { id: 'id', version: 10, raw: WEB } as Awaited<ReturnType<Swarm['inspectService']>>;
        expect(await kindOf(swarm.updateService(service, CHANGE, IN_TIME))).to.equal('conflict');
      },
    ));

  const failures: Readonly<Record<string, Engine>> = {
    'that hangs': () => {},
    'that hangs in the middle of its answer': (_, response) => response.write(WEB.slice(0, 20)),
    'that hangs up': (request) => request.socket.destroy(),
    'that hangs up in the middle of its answer': (request, response) => {
      response
        .writeHead(200, { 'content-length': WEB.length })
        .write(WEB.slice(0, 20), () => request.socket.destroy());
    },
    'that answers with something else than JSON': (_, response) => response.end('<html>'),
  };
  for (const [what, engine] of Object.entries(failures)) {
    it(`${what} fails in a way that is understood`, () =>
      withEngine(engine, async (swarm) => {
        expect(await kindOf(swarm.inspectService('web', { timeoutMs: 60.5 }))).to.equal('unanswered');
      }));
  }

  for (const [what, location] of [
    ['to another host', 'http://127.0.0.1:1/'],
    ['to itself', '/services/web'],
  ] as const) {
    it(`does not follow a redirect ${what}`, () => {
      let calls = 0;
      const engine: Engine = (_request, response) => {
        calls += 1;
        response.writeHead(301, { location }).end();
      };
      return withEngine(engine, async (swarm) => {
        expect(await kindOf(swarm.inspectService('web', IN_TIME))).to.equal('refused');
        expect(calls).to.equal(1);
      });
    });
  }

  it('gives a call what is left of a deadline, however little', () =>
    withEngine(
      () => {},
      async (swarm) => {
        for (const timeoutMs of [0, 0.01, 20.123, -5]) {
          expect(await kindOf(swarm.inspectService('web', { timeoutMs }))).to.equal('unanswered');
        }
      },
    ));

  it('cannot be reached where nothing listens', async () => {
    const settings = {
      DOCKER_HOST: 'unix:///no/such.sock',
      DOCKER_TLS_VERIFY: undefined,
      DOCKER_CERT_PATH: undefined,
    };
    const swarm = createDockerodeSwarm(readDockerHost(settings));
    expect(await kindOf(swarm.inspectService('web', IN_TIME))).to.equal('unreachable');
    expect(await kindOf(swarm.checkManager(IN_TIME))).to.equal('unreachable');
  });

  it('is told to be no manager', () =>
    withEngine(
      (_, response) => {
        response.statusCode = 503;
        response.end(JSON.stringify({ message: 'This node is not a swarm manager.' }));
      },
      async (swarm) => {
        expect(await kindOf(swarm.checkManager(IN_TIME))).to.equal('not-a-manager');
      },
    ));
});
