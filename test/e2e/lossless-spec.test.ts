import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type PrivateEngine, requireEngine } from '../support/private-engine.ts';
import { type StandaloneProcess, startStandalone } from '../support/standalone.ts';
import { SLEEP_IMAGE } from '../support/test-images.ts';
import { waitFor } from '../support/wait-for.ts';

describe('A service with everything that can be set', function () {
  this.timeout(90_000);

  const service = 'laden';
  let engine: PrivateEngine;
  let scaler: StandaloneProcess;

  /** The engine's own text of the spec, without the count and our label. */
  const restOfSpec = async () =>
    (await engine.docker('service', 'inspect', '--format', '{{json .Spec}}', service))
      .replace(/"com\.df\.scaleState":"(?:[^"\\]|\\.)*",?/, '')
      .replace(/"Replicas":\d+/, '')
      .replaceAll(',}', '}');
  const tasks = async () =>
    (
      await engine.docker(
        'service',
        'ps',
        '--filter',
        'desired-state=running',
        '--format',
        '{{.ID}} {{.CurrentState}}',
        service,
      )
    )
      .trim()
      .split('\n');

  before(async function () {
    engine = await requireEngine(this);
    await engine.docker('network', 'create', '--driver', 'overlay', 'laden-net');
    const anyFile = fileURLToPath(import.meta.url);
    await engine.docker('secret', 'create', 'laden-secret', anyFile);
    await engine.docker('config', 'create', 'laden-config', anyFile);
    await engine.docker(
      ...['service', 'create', '--detach', '--no-resolve-image', '--name', service, '--replicas', '2'],
      ...[
        '--label',
        'com.df.scaleMax=20',
        '--label',
        'note=ünïcödé <&> "quoted" \\ back',
        '--container-label',
        'inner=1',
      ],
      ...['--ulimit', 'memlock=9223372036854775807', '--ulimit', 'nofile=1024:2048'],
      ...[
        '--cap-add',
        'NET_ADMIN',
        '--cap-drop',
        'CHOWN',
        '--sysctl',
        'net.ipv4.ip_unprivileged_port_start=0',
      ],
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
        '5s',
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
      ...[
        '--limit-memory',
        '64m',
        '--reserve-memory',
        '4m',
        '--stop-grace-period',
        '1s',
        '--init',
        '--hostname',
        '{{.Task.Slot}}',
      ],
      ...[
        '--mount',
        'type=tmpfs,dst=/scratch,tmpfs-size=1048576',
        '--log-driver',
        'json-file',
        '--log-opt',
        'max-size=1m',
      ],
      ...[
        '--update-parallelism',
        '2',
        '--update-failure-action',
        'rollback',
        '--rollback-delay',
        '1s',
        '--update-order',
        'start-first',
      ],
      SLEEP_IMAGE,
    );
    await waitFor(
      'running tasks',
      async () => (await tasks()).filter((task) => task.includes('Running')).length === 2,
      {
        timeoutMs: 40_000,
      },
    );
    scaler = await startStandalone({ dockerHost: `unix://${engine.socketPath}` });
  });

  after(async () => {
    await scaler?.stop();
    await engine?.docker('service', 'rm', service).catch(() => undefined);
  });

  it('comes out of ten scalings with every other byte of its spec the same, and no task restarted', async () => {
    const specBefore = await restOfSpec();
    const tasksBefore = (await tasks()).map((task) => task.split(' ')[0]);
    expect(specBefore).to.include('9223372036854775807').and.include('MaxReplicas').and.include('Sysctls');

    for (const to of [3, 4, 3, 5, 4, 3, 4, 5, 3, 2]) {
      const { status, body } = await scaler.order({ service, to: String(to) });
      expect(status, JSON.stringify(body)).to.equal(200);
      expect(body.results).to.have.nested.property('[0].outcome', 'scaled');
      // The first two tasks are the oldest: Swarm takes the newest ones away again.
    }

    expect(await restOfSpec()).to.equal(specBefore);
    const tasksAfter = await waitFor('two tasks', async () => {
      const now = await tasks();
      return now.length === 2 ? now.map((task) => task.split(' ')[0]) : undefined;
    });
    expect(tasksAfter).to.have.members(tasksBefore);
  });
});
