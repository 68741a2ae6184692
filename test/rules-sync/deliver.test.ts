import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createDeliver } from '../../standalone/rules-sync/deliver.ts';
import { type Prometheus, PrometheusError } from '../../standalone/rules-sync/prometheus.ts';
import { readGroups } from '../../standalone/rules-sync/rule-groups.ts';
import { createRulesFile } from '../../standalone/rules-sync/rules-file.ts';
import { seconds } from '../support/service.ts';
import { withFiles } from '../support/with-files.ts';

const rules = (expr: string) => `groups: [{ name: web, rules: [{ alert: web_many, expr: "${expr}" }] }]`;
const [OLD, NEW] = [rules('up > 1'), rules('up > 2')];

type Reload = (stop: AbortSignal) => Promise<void>;

/** A Prometheus whose reloads go as they are told, one after the other, and well after that. */
function prometheusThat(...reloads: Reload[]): Prometheus & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async requireReady() {
      asked.push('ready');
    },
    async reload(stop) {
      asked.push('reload');
      await reloads.shift()?.(stop);
    },
    async listGroups() {
      return readGroups(OLD);
    },
  };
}

const refuses: Reload = async () => {
  throw new PrometheusError('refused', 'no');
};

describe('a delivery', () => {
  const NEVER = new AbortController().signal;
  let now: number;

  beforeEach(() => {
    now = 0;
  });

  /** In a folder with the old rules, and what is in it afterwards. */
  async function deliver(
    prometheus: Prometheus,
    use: (give: (text: string, stop?: AbortSignal) => Promise<string>) => Promise<void>,
  ): Promise<Readonly<Record<string, string>>> {
    const left: Record<string, string> = {};
    await withFiles({ 'rules.yml': OLD }, async (folder) => {
      const give = createDeliver(createRulesFile(join(folder, 'rules.yml')), prometheus, () => now);
      await use(async (text, stop = NEVER) => {
        try {
          return (await give(text, stop)).kind;
        } catch (error) {
          return String(error);
        }
      });
      for (const name of await readdir(folder)) left[name] = await readFile(join(folder, name), 'utf8');
    });
    return left;
  }

  it('leaves the new file and nothing else', async () => {
    const left = await deliver(prometheusThat(), async (give) => {
      expect(await give(NEW)).to.equal('delivered');
      expect(await give(NEW)).to.equal('unchanged');
    });
    expect(left).to.deep.equal({ 'rules.yml': NEW });
  });

  it('asks for one reload after a start: the last one may have been missed', async () => {
    const prometheus = prometheusThat();
    await deliver(prometheus, async (give) => {
      expect(await give(OLD)).to.equal('delivered');
      expect(await give(OLD)).to.equal('unchanged');
    });
    expect(prometheus.asked).to.deep.equal(['ready', 'reload']);
  });

  it('touches no file while Prometheus is not ready', async () => {
    const starting = prometheusThat();
    const prometheus = {
      ...starting,
      requireReady: async () => {
        throw new PrometheusError('unavailable', 'still starting');
      },
    };
    const left = await deliver(prometheus, async (give) => {
      expect(await give(NEW)).to.contain('still starting');
    });
    expect(left).to.deep.equal({ 'rules.yml': OLD });
    expect(starting.asked).to.deep.equal([]);
  });

  it('puts the old file back when it is not known what Prometheus did', async () => {
    const hangsUp: Reload = async () => {
      throw new PrometheusError('unavailable', 'hung up');
    };
    const left = await deliver(prometheusThat(hangsUp), async (give) => {
      expect(await give(NEW)).to.contain('hung up');
    });
    expect(left).to.deep.equal({ 'rules.yml': OLD });
  });

  it('puts the old file back when it has to stop while Prometheus reloads', async () => {
    const hangs: Reload = async (stop) => {
      await sleep(seconds(30), undefined, { signal: stop });
    };
    const stop = new AbortController();
    const left = await deliver(prometheusThat(hangs), async (give) => {
      const result = give(NEW, stop.signal);
      stop.abort();
      expect(await result).to.contain('AbortError');
    });
    expect(left).to.deep.equal({ 'rules.yml': OLD });
  });

  it('does not try what was refused again for a minute, and then does; other rules at once', async () => {
    const prometheus = prometheusThat(refuses);
    await deliver(prometheus, async (give) => {
      const refusal = await give(NEW);
      expect(refusal).to.contain('it does with the rules from before');
      const asked = prometheus.asked.length;
      now = seconds(59);
      expect(await give(NEW)).to.equal(refusal);
      expect(prometheus.asked).to.have.lengthOf(asked);
      expect(await give(rules('up > 3'))).to.equal('delivered');
      now = seconds(60);
      expect(await give(NEW)).to.equal('delivered');
    });
  });

  it('keeps a file that is not to blame', async () => {
    const left = await deliver(prometheusThat(refuses, refuses), async (give) => {
      expect(await give(OLD)).to.contain('it does not without the new rules either');
    });
    expect(left).to.deep.equal({ 'rules.yml': OLD });
  });

  for (const text of ['', '<html></html>', 'groups: many', 'groups: [{}]', 'groups: [', '{"status":"OK"}']) {
    it(`does not write ${JSON.stringify(text)}, which is no rule file`, async () => {
      const prometheus = prometheusThat();
      const left = await deliver(prometheus, async (give) => {
        expect(await give(text)).to.match(/Error/);
      });
      expect(left).to.deep.equal({ 'rules.yml': OLD });
      expect(prometheus.asked).to.deep.equal([]);
    });
  }

  it('can be read by Prometheus, which is another user, whatever the umask is', async () => {
    const umask = process.umask(0o077);
    try {
      await withFiles({}, async (folder) => {
        const path = join(folder, 'rules.yml');
        await createDeliver(createRulesFile(path), prometheusThat(), Date.now)(NEW, NEVER);
        expect((await stat(path)).mode & 0o777).to.equal(0o644);
      });
    } finally {
      process.umask(umask);
    }
  });

  it('says which folder it cannot write to', async () => {
    await withFiles({ folder: 'is a file' }, async (directory) => {
      const file = createRulesFile(join(directory, 'folder', 'rules.yml'));
      const result = createDeliver(file, prometheusThat(), Date.now)(OLD, NEVER);
      expect(await result.catch(String)).to.match(/ENOTDIR.*rules\.yml/);
    });
  });

  it('is not confused by what a crash has left', async () => {
    await withFiles({ '.rules.yml.new': 'half a dra', 'rules.yml': OLD }, async (folder) => {
      const path = join(folder, 'rules.yml');
      await createDeliver(createRulesFile(path), prometheusThat(), Date.now)(NEW, NEVER);
      expect(await readdir(folder)).to.deep.equal(['rules.yml']);
      expect(await readFile(path, 'utf8')).to.equal(NEW);
    });
  });
});
