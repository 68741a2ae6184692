import { AnswerContext, type FunctionAnswer } from '../../template/node24-ts/function-context.ts';

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: FunctionAnswer['headers'];
  /** As it would go over the wire. */
  readonly body: Record<string, unknown>;
}

/** The context of the template's server, and what was answered through it. */
export function recordAnswer(): { readonly context: AnswerContext; answer(): RecordedAnswer } {
  const answers: FunctionAnswer[] = [];
  const context = new AnswerContext((answer) => answers.push(answer));
  return {
    context,
    answer() {
      const [answer] = answers;
      if (answer === undefined) throw new Error('Nothing was answered');
      return { ...answer, body: JSON.parse(String(answer.body)) };
    },
  };
}
