import { expect } from 'chai';
import { loadConfig } from '#core/config/load-config.ts';
import { ConfigError } from '#core/errors.ts';
import { connectSwarm } from '#core/swarm/connect-swarm.ts';
import { recordLog } from '../../support/log.ts';

function linesFor(DOCKER_HOST: string) {
  const { logger, lines } = recordLog();
  connectSwarm(loadConfig({ DOCKER_HOST }), logger);
  return lines.map(({ level, msg }) => [level, msg]);
}

describe('the way to the engine', () => {
  it('is warned of in the log where it is plain tcp, and not where it is a socket', () => {
    const [[level, message] = []] = linesFor('tcp://engine:2375');
    expect(level).to.equal('warn');
    expect(message).to.match(/^DOCKER_HOST=tcp:\/\/engine:2375 is plain tcp/);
    expect(linesFor('unix:///var/run/docker.sock')).to.deep.equal([]);
  });

  it('stops the start where it leads nowhere', () => {
    expect(() => linesFor('ssh://engine')).to.throw(ConfigError);
  });
});
