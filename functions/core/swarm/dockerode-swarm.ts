import { type AgentOptions, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import modemHttp from 'docker-modem/lib/http.js';
import Docker from 'dockerode';
import type { DockerHost } from './docker-host.ts';
import { errorOfAnswer, errorOfTransport } from './engine-errors.ts';
import { readService } from './inspected-service.ts';
import { readServices } from './listed-services.ts';
import { changedSpec } from './service-spec.ts';
import {
  type CallOptions,
  type Service,
  type ServiceChange,
  type Swarm,
  SwarmError,
  type SwarmEvents,
} from './swarm.ts';

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: string;
}

/** Every status is an answer: the engine's errors are read here and not by dockerode, which would drop their words. */
const ANY_STATUS = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [100 + index, true]));

// An engine does not redirect. What docker-modem would follow is out of reach of any error handling: a failure there ends the
// process.
modemHttp.maxRedirects = 0;

/**
 * The Swarm behind a Docker engine, through dockerode. No API version goes into a path (the engine would strip what that
 * version did not know), answers are kept as raw text, and connections are kept alive.
 */
export function createDockerodeSwarm(
  dockerHost: DockerHost,
  now: () => number = Date.now,
): Swarm & SwarmEvents {
  const docker = new Docker({
    ...dockerHost.options,
    version: undefined,
    agent: createAgent(dockerHost),
  } as Docker.DockerOptions);

  async function open(
    { method, path, query, body }: Call,
    abortSignal: AbortSignal,
  ): Promise<IncomingMessage> {
    const response = await dial(docker, {
      method,
      // The question mark is how docker-modem knows that `_query` shall be appended.
      path: query ? `${path}?` : path,
      isStream: true,
      statusCodes: ANY_STATUS,
      abortSignal,
      ...(query && { options: { _query: query } }),
      // A Buffer goes out as it is; dockerode would stringify an object, and round its numbers.
      ...(body && { file: Buffer.from(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return response;
    throw errorOfAnswer(statusCode, await text(response));
  }

  async function call(request: Call, { timeoutMs }: CallOptions): Promise<string> {
    // It takes whole milliseconds only.
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    try {
      return await text(await open(request, signal));
    } catch (error) {
      throw asSwarmError(error, signal.aborted ? timeoutMs : undefined);
    }
  }

  return {
    async inspectService(nameOrId, options) {
      const service = readService(
        await call({ method: 'GET', path: `/services/${encodeURIComponent(nameOrId)}` }, options),
        now(),
      );
      // The engine also finds by the beginning of an ID: that would be somebody else's service.
      if (service.name === nameOrId || service.id === nameOrId) return service;
      throw new SwarmError('not-found', `service ${nameOrId} not found`);
    },

    async updateService({ id, version, raw }: Service, change: ServiceChange, options) {
      await call(
        {
          method: 'POST',
          path: `/services/${id}/update`,
          query: { version, registryAuthFrom: 'spec' },
          body: changedSpec(raw, change),
        },
        options,
      );
    },

    async listServices(options) {
      return readServices(await call({ method: 'GET', path: '/services' }, options));
    },

    async checkManager(options) {
      // Only a manager lists services; that none is called so keeps the answer short.
      await call({ method: 'GET', path: '/services', query: { filters: { name: ['.'] } } }, options);
    },

    async watchServices(onChange, signal) {
      try {
        const query = { filters: { type: ['service'] } };
        const events = await open({ method: 'GET', path: '/events', query }, signal);
        onChange();
        for await (const _ of events) onChange();
      } catch (error) {
        if (signal.aborted) return;
        throw asSwarmError(error, undefined);
      }
      throw new SwarmError('unanswered', 'The engine ended its stream of events');
    },
  };
}

const asSwarmError = (error: unknown, timeoutMs: number | undefined): SwarmError =>
  error instanceof SwarmError ? error : errorOfTransport(error, timeoutMs);

function dial(docker: Docker, options: Parameters<Docker['modem']['dial']>[0]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error: unknown, response: unknown) => {
      if (error) reject(error);
      else resolve(response as IncomingMessage);
    });
  });
}

function createAgent({ options: { protocol, ca, cert, key } }: DockerHost): HttpAgent {
  const agentOptions: AgentOptions = { keepAlive: true };
  const agent =
    protocol === 'https' ? new HttpsAgent({ ...agentOptions, ca, cert, key }) : new HttpAgent(agentOptions);
  // docker-modem formats every request's options for its debug log, also when that is off; the agent with all its sockets
  // would make up most of the time of a call.
  return Object.assign(agent, { [inspect.custom]: () => 'Agent' });
}
