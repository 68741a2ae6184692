import { Writable } from 'node:stream';
import { loadConfig } from '#core/config/load-config.ts';
import { createLogger } from '#core/logger.ts';
import type { SlackMessage } from '#core/notifications/slack.ts';
import type { DockerHost } from '#core/swarm/docker-host.ts';
import { createDockerodeSwarm } from '#core/swarm/dockerode-swarm.ts';
import { createServer } from '../../template/node24-ts/server.ts';
import { createStandaloneServer } from '../server.ts';

/** The standalone server, started for the demo, with everything that it says caught. */
export interface Stage {
  /** Posts a body to the path that docker-scaler's users know, with the token. */
  post(body: unknown): Promise<{ readonly status: number; readonly answer: unknown }>;
  /** The log's lines since they were last taken. */
  takeLog(): readonly string[];
  /** Slack's messages since they were last taken. */
  takeSlack(): readonly SlackMessage[];
  close(): Promise<void>;
}

const TOKEN = 'demo-token';

/** Slack is a server of ours that takes what an incoming webhook would get. */
export async function setStage(dockerHost: DockerHost): Promise<Stage> {
  let log: string[] = [];
  let slack: SlackMessage[] = [];
  const slackServer = createServer((event) => void slack.push(JSON.parse(event.rawBody.toString())), {
    logLevel: 'silent',
  });
  const slackWebhookUrl = await slackServer.listen({ host: '127.0.0.1', port: 0 });

  const logger = createLogger(
    'info',
    new Writable({ write: (line, _, done) => done(void log.push(String(line).trim())) }),
  );
  const server = createStandaloneServer({
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    secrets: { tokens: [TOKEN], slackWebhookUrl, webhookUrl: undefined },
    logger,
    swarm: createDockerodeSwarm(dockerHost),
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  return {
    async post(body) {
      const response = await fetch(`${url}/v1/scale-service`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, answer: await response.json() };
    },
    takeLog() {
      const lines = log;
      log = [];
      return lines;
    },
    takeSlack() {
      const messages = slack;
      slack = [];
      return messages;
    },
    async close() {
      await server.close();
      await slackServer.close();
    },
  };
}
