import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgram, untilAnswering } from './child-process.ts';
import { freePort } from './free-port.ts';
import { requireProgram } from './require-program.ts';

const PROGRAM = 'prometheus';

/** A real Prometheus, Debian's, that reads rules from a folder. */
export interface Prometheus {
  readonly url: string;
  /** The file in that folder that `rules-sync` is to write. */
  readonly rulesFile: string;
  start(): Promise<void>;
  /** Its file of settings, from the next reload on. */
  configure(config: string): Promise<void>;
  /** The expressions of the rules that it runs, by the names of their alerts. */
  rules(): Promise<Readonly<Record<string, string>>>;
  /** How many reloads it has been asked for, by what became of them. */
  reloads(): { readonly taken: number; readonly refused: number };
  /** Whether its last reload was taken. */
  isReloaded(): Promise<boolean>;
  stop(): Promise<void>;
  /** Stops it and deletes all that it wrote. */
  dispose(): Promise<void>;
}

/** Skips the suite where there is no Prometheus; in CI that is a failure. */
export const requirePrometheus = (suite: Mocha.Context): void => requireProgram(PROGRAM, suite);

/** Prepares one that has still to be started, on an address that stays the same. */
export async function preparePrometheus(): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'swarm-scaler-prometheus-'));
  const rules = join(folder, 'rules');
  await mkdir(rules);
  const configFile = join(folder, 'prometheus.yml');
  await writeFile(configFile, 'rule_files: ["rules/*.yml"]\n');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let program: RunningProgram | undefined;

  const prometheus: Prometheus = {
    url,
    rulesFile: join(rules, 'alert-rules.yml'),
    async start() {
      program = startProgram(PROGRAM, [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-lifecycle',
      ]);
      await untilAnswering('Prometheus to be ready', `${url}/-/ready`, program);
    },
    configure: (config) => writeFile(configFile, config),
    async rules() {
      const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as RulesAnswer;
      return Object.fromEntries(
        data.groups.flatMap((group) => group.rules.map((rule) => [rule.name, rule.query])),
      );
    },
    reloads: () => ({
      // One that is taken loads the file once, and so does the start.
      taken: count(program, 'Completed loading of configuration file') - 1,
      refused: count(program, 'Error reloading config'),
    }),
    async isReloaded() {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      return /^prometheus_config_last_reload_successful 1$/m.test(metrics);
    },
    async stop() {
      await program?.stop();
      program = undefined;
    },
    async dispose() {
      await prometheus.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return prometheus;
}

interface RulesAnswer {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly { readonly name: string; readonly query: string }[];
    }[];
  };
}

const count = (program: RunningProgram | undefined, words: string): number =>
  (program?.output() ?? '').split(words).length - 1;
