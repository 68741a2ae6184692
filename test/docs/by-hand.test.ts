import { expect } from 'chai';
import { type Outcome, statusOf } from '#core/outcome.ts';
import { stage } from '../support/scale-service-stage.ts';
import { brokenLinks, type Example, examplesOf, readPage, rowsOf } from './page.ts';

const PAGE = readPage('by-hand.md');
const EXAMPLES = examplesOf(PAGE);

/** All that there are: a reason that is added, or taken away, does not compile until it is, too. */
const REASONS: Readonly<Record<Outcome['reason'], Outcome['outcome']>> = {
  step: 'scaled',
  target: 'scaled',
  'at-maximum': 'held',
  'at-minimum': 'held',
  unchanged: 'held',
  cooldown: 'held',
  stopped: 'held',
  resolved: 'held',
  'own-alert': 'held',
  'update-paused': 'held',
  'update-stuck': 'held',
  'update-in-progress': 'deferred',
  'bad-request': 'rejected',
  contradiction: 'rejected',
  'not-found': 'rejected',
  mode: 'rejected',
  filtered: 'rejected',
  'bad-label': 'rejected',
  refused: 'rejected',
  unreachable: 'failed',
  'not-a-manager': 'failed',
  unanswered: 'failed',
  deadline: 'failed',
  fault: 'failed',
  'lost-answer': 'unknown',
};

/** The order that a command sends, as the function gets it; undefined when it sends none. */
function orderOf(command: string, variables: Readonly<Record<string, string>>) {
  if (!command.includes('scale-service')) return undefined;
  const [, inUrl = ''] = /'http:[^'?]*\?([^']*)'/.exec(command) ?? [];
  const inFlags = [...command.matchAll(/--query (\S+)/g)].map(([, pair = '']) => pair).join('&');
  const [, literal] = /(?:-d|echo) '([^']*)'/.exec(command) ?? [];
  const [, variable = ''] = /-d "\$(\w+)"/.exec(command) ?? [];
  return {
    query: Object.fromEntries(new URLSearchParams(inUrl || inFlags)),
    body: literal ?? variables[variable] ?? '',
  };
}

/** The service that the page creates. */
function demo() {
  const [, command = ''] = /^(docker service create .*\n.*)$/m.exec(PAGE) ?? [];
  const labels = [...command.matchAll(/--label (\S+)=(\S+)/g)].map(([, key, value]) => [key, value]);
  const [, name = ''] = /--name (\S+)/.exec(command) ?? [];
  const [, replicas] = /--replicas (\d+)/.exec(command) ?? [];
  return { name, replicas: Number(replicas), labels: Object.fromEntries(labels) };
}

describe('docs/by-hand.md', () => {
  it('shows what its commands answer, one after the other', async () => {
    const { call, swarm, lines } = stage({ services: [demo()], notify: async () => false });
    const variables: Record<string, string> = {};
    const answered: Example[] = [];
    for (const { command, output } of EXAMPLES) {
      const [, variable, format = ''] = /^(\w+)=\$\(printf '([^']*)'/.exec(command) ?? [];
      if (variable) variables[variable] = format.replace('%s', new Date().toISOString());
      const order = orderOf(command, variables);
      if (order === undefined) continue;
      const { body } = await call(order);
      if (command.includes('async')) continue;
      answered.push({ command, output });
      if (output.startsWith('{')) expect(JSON.parse(output), command).to.deep.equal(body);
      else expect(output.split('\n').at(-1), command).to.equal(body.message);
    }
    expect(answered).to.have.lengthOf.above(8);

    const log = JSON.parse(outputOf('tail '));
    const { requestId, time, durationMs, ...decided } = log;
    const own = lines.filter((line) => line.service === 'demo').at(-1);
    expect(own).to.include({ ...decided, msg: log.msg });
    expect([requestId, time, durationMs]).to.not.include(undefined);

    const [up, down, last] = outputOf('docker service inspect')
      .split('\n')
      .map((line) => JSON.parse(line));
    const state = JSON.parse(swarm.get('demo').labels['com.df.scaleState'] ?? '');
    expect(up).to.deep.equal({ ...state.up, at: up.at });
    expect(down).to.deep.equal({ ...state.down, at: down.at });
    expect(last.id).to.equal(requestId);
  });

  const outputOf = (beginning: string) =>
    EXAMPLES.find(({ command }) => command.startsWith(beginning))?.output ?? '';

  it('lists every reason with its outcome and status, and no other', () => {
    const listed = rowsOf(PAGE)
      .filter(([outcome]) => Object.values<string>(REASONS).includes(outcome ?? ''))
      .map(([outcome, reason, status]) => [reason, outcome, status]);
    const known = Object.entries(REASONS).map(([reason, outcome]) => [
      reason,
      outcome,
      String(statusOf({ outcome, reason: reason as Outcome['reason'] })),
    ]);
    expect(listed).to.have.deep.members(known);
  });

  it('has links that lead somewhere', () => {
    expect(brokenLinks(PAGE)).to.deep.equal([]);
  });
});
