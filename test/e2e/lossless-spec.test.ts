import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { type StandaloneProcess, startStandalone } from '../support/standalone.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { waitFor } from '../support/wait-for.ts';

/** Nearly everything that `docker service create` can set. */
const EVERYTHING = [
  ...[
    '--label',
    'com.df.scaleMax=20',
    '--label',
    'note=ünïcödé <&> "quoted" \\ back',
    '--container-label',
    'inner=1',
  ],
  ...['--ulimit', 'nofile=1024:2048', '--cap-add', 'NET_ADMIN', '--cap-drop', 'CHOWN'],
  ...['--sysctl', 'net.ipv4.ip_unprivileged_port_start=0', '--hostname', '{{.Task.Slot}}', '--init'],
  ...[
    '--secret',
    'source=laden-secret,target=/run/secrets/it,mode=0400',
    '--config',
    'source=laden-config,target=/it',
  ],
  ...[
    '--health-cmd',
    'true',
    '--health-interval',
    '1s',
    '--health-retries',
    '3',
    '--health-start-period',
    '1s',
  ],
  ...[
    '--placement-pref',
    'spread=node.labels.rack',
    '--replicas-max-per-node',
    '50',
    '--constraint',
    'node.role==manager',
  ],
  ...['--network', 'laden-net', '--endpoint-mode', 'dnsrr', '--env', 'KEY=value with = and spaces'],
  ...['--limit-memory', '64m', '--reserve-memory', '4m', '--stop-grace-period', '1s'],
  ...[
    '--mount',
    'type=tmpfs,dst=/scratch,tmpfs-size=1048576',
    '--log-driver',
    'json-file',
    '--log-opt',
    'max-size=1m',
  ],
  ...['--update-parallelism', '2', '--update-failure-action', 'rollback', '--update-order', 'start-first'],
];

/** The engine takes this ulimit, but not every kernel lets a container have it: its tasks are placed nowhere. */
const BIG_NUMBERS = ['--ulimit', 'memlock=9223372036854775807', '--constraint', 'node.labels.never==1'];

describe('A service with everything that can be set', function () {
  this.timeout(90_000);

  let engine: PrivateEngine;
  let scaler: StandaloneProcess;

  /** The engine's own text of the spec, without the count and our label. */
  const restOfSpec = async (service: string) =>
    (await engine.docker('service', 'inspect', '--format', '{{json .Spec}}', service))
      .replace(/"com\.df\.scaleState":"(?:[^"\\]|\\.)*",?/, '')
      .replace(/"Replicas":\d+/, '')
      .replaceAll(',}', '}');

  const currentTasks = async (service: string) => {
    const format = '{{.ID}} {{.CurrentState}}';
    const lines = await engine.docker(
      'service',
      'ps',
      '--filter',
      'desired-state=running',
      '--format',
      format,
      service,
    );
    return lines.split('\n').map((line) => ({ id: line.split(' ')[0], state: line.split(' ')[1] }));
  };

  const twoTasks = (service: string, state: string) =>
    waitFor(`two tasks of ${service} that are ${state}`, async () => {
      const tasks = await currentTasks(service);
      return tasks.length === 2 && tasks.every((task) => task.state === state) && tasks.map(({ id }) => id);
    });

  before(async function () {
    engine = await requireEngine(this);
    const anyFile = fileURLToPath(import.meta.url);
    await engine.docker('secret', 'create', 'laden-secret', anyFile);
    await engine.docker('config', 'create', 'laden-config', anyFile);
    await engine.docker('network', 'create', '--driver', 'overlay', 'laden-net');
    scaler = await startStandalone({ dockerHost: `unix://${engine.socketPath}` });
  });

  after(async () => {
    await scaler?.stop();
    await engine?.docker('service', 'rm', 'laden', 'laden-big').catch(() => undefined);
  });

  for (const { service, extra, state, known } of [
    {
      service: 'laden',
      extra: [],
      state: 'Running',
      known: ['MaxReplicas', 'Sysctls', 'CapabilityAdd', 'Ulimits'],
    },
    { service: 'laden-big', extra: BIG_NUMBERS, state: 'Pending', known: ['9223372036854775807'] },
  ]) {
    it(`(${service}) comes out of ten scalings the same to the byte, and no task was replaced`, async () => {
      const create = [
        'service',
        'create',
        '--detach',
        '--no-resolve-image',
        '--replicas',
        '2',
        '--name',
        service,
      ];
      await engine.docker(...create, ...EVERYTHING, ...extra, SLEEP_IMAGE);
      const tasksBefore = await twoTasks(service, state);
      const specBefore = await restOfSpec(service);
      for (const part of known) expect(specBefore).to.include(part);

      for (const to of [3, 4, 3, 5, 4, 3, 4, 5, 3, 2]) {
        const { status, body } = await scaler.order({ service, to: String(to) });
        expect(status, JSON.stringify(body)).to.equal(200);
        expect(body).to.have.nested.property('results[0].to', to);
      }

      expect(await restOfSpec(service)).to.equal(specBefore);
      expect(await twoTasks(service, state)).to.have.members(tasksBefore);
    });
  }
});
