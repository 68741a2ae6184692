import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '#core/config/load-config.ts';
import { ConfigError } from '#core/errors.ts';
import { toYaml } from '../../functions/alert-rules/rule-file.ts';
import { loadOwnShortcuts } from '../../functions/alert-rules/shortcuts/own-shortcuts-file.ts';
import { AUTHORIZED, type Served, serve } from '../standalone/served.ts';
import { fails } from '../support/fake-swarm.ts';
import { withFiles } from '../support/with-files.ts';
import { make, service } from './services.ts';

const WEB = service('web', { alertName: 'idle', alertIf: '@idle:5m', scrapePort: '8080' });
const BROKEN = service('api', { alertName: 'slow', alertIf: '@slow' });
const PATH = '/function/alert-rules';
const GET = { method: 'GET' };

describe('alert-rules', () => {
  let served: Served | undefined;

  afterEach(() => served?.close());

  async function start(options: Parameters<typeof serve>[0]): Promise<Served> {
    served = await serve(options);
    return served;
  }

  it('answers with the rule file of all services, and changes none', async () => {
    const { url, swarm } = await start({ services: [WEB, { name: 'silent' }] });
    const answer = await fetch(`${url}${PATH}`, { headers: AUTHORIZED });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^application\/yaml\b/);
    expect(await answer.text()).to.equal(toYaml(make([WEB])));
    expect(swarm.calls).to.deep.equal(['list']);
  });

  it('answers with the same as data, with every problem', async () => {
    const { call } = await start({ services: [WEB, BROKEN] });
    const { status, body } = await call(`${PATH}?format=json`, GET);
    const { groups, problems } = make([WEB, BROKEN]);
    expect(problems).to.have.lengthOf(1);
    expect({ status, body }).to.deep.equal({
      status: 200,
      body: { status: 'OK', message: 'Rules: 2, problems: 1', groups, problems },
    });
  });

  it('logs a problem with service, label and value once, and again when it comes back', async () => {
    const { call, lines, swarm } = await start({ services: [BROKEN] });
    const ask = () => call(`${PATH}?format=json`, GET);
    await ask();
    await ask();
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.include({ level: 'warn', service: 'api', label: 'com.df.alertIf', value: '@slow' });
    expect(lines[0]?.msg).to.match(/^No rule was made: there is no shortcut "@slow"/);
    swarm.change('api', { labels: {} });
    await ask();
    swarm.change('api', { labels: BROKEN.labels });
    await ask();
    expect(lines).to.have.lengthOf(2);
  });

  it('takes services without com.df.notify where ALERT_RULES_ALL says so', async () => {
    const labels = { ...WEB.labels, 'com.df.notify': 'false' };
    const services = [{ name: 'web', labels }];
    const { call } = await start({ services, env: { ALERT_RULES_ALL: 'true' } });
    expect((await call(`${PATH}?format=json`, GET)).body).to.include({ message: 'Rules: 1, problems: 0' });
  });

  it('counts the replicas of replicated services only', async () => {
    const parts = service('web', { alertName: 'all', alertIf: '@replicas_running', scrapePort: '80' });
    const { call, swarm } = await start({ services: [{ ...parts, replicas: 7 }] });
    const path = '[0].rules[0].expr';
    const rules = async () => (await call(`${PATH}?format=json`, GET)).body;
    expect((await rules()).groups)
      .to.have.nested.property(path)
      .that.matches(/ != 7$/);
    swarm.change('web', { mode: 'global', replicas: 0 });
    expect((await rules()).problems)
      .to.have.nested.property('[0].message')
      .that.matches(/no number of replicas/);
  });

  it('reads own shortcuts from SHORTCUTS_FILE once, at the start', async () => {
    const labels = service('web', { alertName: 'mine', alertIf: '@mine' }).labels;
    await withFiles({ shortcuts: '"@mine": { expanded: up == 0 }' }, async (folder) => {
      const file = join(folder, 'shortcuts');
      const { call } = await start({
        services: [{ name: 'web', labels }],
        env: { SHORTCUTS_FILE: file },
      });
      await writeFile(file, '"@mine": { expanded: up == 1 }');
      const { body } = await call(`${PATH}?format=json`, GET);
      expect(body.groups).to.have.nested.property('[0].rules[0].expr', 'up == 0');
    });
  });

  it('does not start without the file that SHORTCUTS_FILE names', () => {
    const config = loadConfig({ SHORTCUTS_FILE: '/no/such/file' });
    expect(() => loadOwnShortcuts(config)).to.throw(
      ConfigError,
      /^SHORTCUTS_FILE="\/no\/such\/file": expected a readable file \(ENOENT.*\)$/,
    );
  });

  it('takes GET only', async () => {
    const { call, swarm } = await start({});
    const { status, headers, body } = await call(PATH);
    expect(status).to.equal(405);
    expect(headers.get('allow')).to.equal('GET');
    expect(body).to.deep.equal({ status: 'NOK', message: 'Incorrect method in request: POST; expected GET' });
    expect(swarm.calls).to.deep.equal([]);
  });

  it('asks for credentials', async () => {
    const { call, swarm } = await start({});
    expect(await call(PATH, { ...GET, headers: {} })).to.include({ status: 401 });
    expect(swarm.calls).to.deep.equal([]);
  });

  const refused = {
    '?Format=json': 'Unknown query parameter "Format"; expected format',
    '?format=json&all=1': 'Unknown query parameter "all"; expected format',
    '?format=xml': 'Unknown format "xml" in query; expected json or yaml',
    '?format=json&format=yaml': 'Unknown format "[…]" in query; expected json or yaml',
    '?format=': 'Unknown format "" in query; expected json or yaml',
  };
  for (const [query, message] of Object.entries(refused)) {
    it(`does not guess what ${query} means`, async () => {
      const { call, swarm } = await start({});
      const { status, body } = await call(`${PATH}${query}`, GET);
      expect({ status, body }).to.deep.equal({ status: 400, body: { status: 'NOK', message } });
      expect(swarm.calls).to.deep.equal([]);
    });
  }

  it('asks to come back later when the engine fails', async () => {
    const { call, swarm } = await start({});
    swarm.listFaults.push(fails('not-a-manager'));
    const { status, headers, body } = await call(PATH, GET);
    expect(status).to.equal(503);
    expect(headers.get('retry-after')).to.equal('10');
    expect(body).to.deep.equal({ status: 'NOK', message: 'not-a-manager' });
  });
});
