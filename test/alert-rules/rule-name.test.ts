import { expect } from 'chai';
import { ruleName } from '../../functions/alert-rules/rule-name.ts';

describe('ruleName', () => {
  for (const [service, alert, name] of [
    ['go-demo_main', 'resp_time_above', 'godemo_main_resp_time_above'],
    ['api', 'mem-limit', 'api_memlimit'],
    ['api', 'too slow: p99 ä', 'api_tooslowp99'],
  ] as const) {
    it(`joins ${service} and ${JSON.stringify(alert)} to ${name}`, () => {
      expect(ruleName(service, alert)).to.equal(name);
    });
  }

  for (const alert of ['', '---', ' ']) {
    it(`refuses ${JSON.stringify(alert)}, of which nothing would be left`, () => {
      expect(() => ruleName('api', alert)).to.throw('expected a name of letters, digits and _');
    });
  }
});
