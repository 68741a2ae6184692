import { type Answer, type AnswerBody, RETRY_AFTER, type TextAnswer } from '#core/answer.ts';
import { RequestError } from '#core/errors.ts';
import { answerTo } from '#core/guard.ts';
import type { FunctionEvent } from '#core/openfaas.ts';
import { SwarmError } from '#core/swarm/swarm.ts';
import { quoted } from '#core/values.ts';
import type { ReadRules } from './read-rules.ts';
import { type AlertRules, toYaml } from './rule-file.ts';

/** The answer to `?format=json`. */
interface RulesAnswerBody extends AnswerBody, AlertRules {}

/** Of the 9 s that a request may take. */
const ENGINE_BUDGET_MS = 6500;

/** Answers with the rule file, or with `?format=json` with the rules and every problem as data. */
export function createServeRules(
  readRules: ReadRules,
): (event: FunctionEvent) => Promise<Answer | TextAnswer> {
  return async ({ query }) => {
    try {
      const format = readFormat(query);
      const rules = await readRules({ timeoutMs: ENGINE_BUDGET_MS });
      return format === 'json' ? answerWithData(rules) : answerWithFile(rules);
    } catch (error) {
      if (error instanceof RequestError) return answerTo(error);
      if (error instanceof SwarmError) return unavailable(error);
      throw error;
    }
  };
}

/** @throws {RequestError} for anything else in the query */
function readFormat(query: FunctionEvent['query']): 'json' | 'yaml' {
  const unknown = Object.keys(query).find((name) => name !== 'format');
  if (unknown !== undefined)
    throw new RequestError('bad-request', `Unknown query parameter ${quoted(unknown)}; expected format`);
  const { format = 'yaml' } = query;
  if (format === 'json' || format === 'yaml') return format;
  throw new RequestError('bad-request', `Unknown format ${quoted(format)} in query; expected json or yaml`);
}

/** @see https://www.rfc-editor.org/rfc/rfc9512 for the type */
const answerWithFile = (rules: AlertRules): TextAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/yaml' },
  text: toYaml(rules),
});

function answerWithData({ groups, problems }: AlertRules): Answer {
  const count = groups.flatMap(({ rules }) => rules).length;
  const message = `Rules: ${count}, problems: ${problems.length}`;
  const body: RulesAnswerBody = { status: 'OK', message, groups, problems };
  return { status: 200, body };
}

const unavailable = ({ message }: SwarmError): Answer => ({
  status: 503,
  headers: RETRY_AFTER,
  body: { status: 'NOK', message },
});
