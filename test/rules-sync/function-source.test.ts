import { expect } from 'chai';
import { createFunctionSource } from '../../standalone/rules-sync/function-source.ts';
import { service } from '../alert-rules/services.ts';
import { type Served, serve } from '../standalone/served.ts';
import { fails } from '../support/fake-swarm.ts';
import { startRecorder } from '../support/recorder.ts';

const NEVER = new AbortController().signal;

describe('rules from the function', () => {
  let served: Served;

  before(async () => {
    served = await serve({ services: [service('web', { alertName: 'many', alertIf: 'up > 1' })] });
  });

  after(() => served.close());

  const read = (token?: string, url = `${served.url}/function/alert-rules`) =>
    createFunctionSource(url, token, fetch)
      .read(NEVER)
      .catch((error: Error) => error.message);

  it('are its file, to whoever has the token', async () => {
    expect(await read('let-me-in')).to.match(/^# Made from the labels.*alert: web_many\n/s);
    for (const token of ['wrong', undefined])
      expect(await read(token)).to.match(/\/function\/alert-rules: answered HTTP 401 .*scaler-token|Bearer/);
  });

  it('are not there while its engine fails', async () => {
    served.swarm.listFaults.push(fails('unreachable'));
    expect(await read('let-me-in')).to.match(/answered HTTP 503 .*unreachable.*; expected a rule file$/);
  });

  it('are not what some other page says', async () => {
    const other = await startRecorder({ answer: 'welcome' });
    try {
      expect(await read('let-me-in', other.url)).to.equal(
        `${other.url}: answered HTTP 200 (): welcome; expected a rule file`,
      );
    } finally {
      await other.close();
    }
  });

  it('are not there where nobody listens', async () => {
    expect(await read('let-me-in', 'http://127.0.0.1:1')).to.match(/^http:\/\/127\.0\.0\.1:1: .+/);
  });

  it('are not waited for once all is to stop', async () => {
    const source = createFunctionSource(served.url, undefined, fetch);
    expect(await source.read(AbortSignal.abort()).catch(() => 'stopped')).to.equal('stopped');
  });
});
