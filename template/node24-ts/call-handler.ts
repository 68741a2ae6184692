import type { FunctionEvent, FunctionHandler } from './function/openfaas.ts';
import { AnswerContext, type FunctionAnswer, failureBody } from './function-context.ts';
import { BodyError } from './function-event.ts';

/**
 * The handler's answer: what it told its context, else what it returned, else its failure. It is there as soon as the
 * handler gives it, even if the handler goes on working. Never rejects.
 * @param onLateError gets what the handler throws after it has answered
 */
export function callHandler(
  handler: FunctionHandler,
  event: FunctionEvent,
  onLateError: (error: unknown) => void,
): Promise<FunctionAnswer> {
  return new Promise((resolve) => {
    const context = new AnswerContext(resolve);
    const settle = async (): Promise<void> => {
      try {
        const returned = await handler(event, context);
        // `return context.status(204)` hands the context back, which is not meant as a body.
        context.succeed(returned === context ? undefined : returned);
      } catch (error) {
        if (context.isAnswered) onLateError(error);
        else resolve(failure(error));
      }
    };
    void settle();
  });
}

/** A status or headers that the handler had set were meant for its success. */
function failure(error: unknown): FunctionAnswer {
  const status = error instanceof BodyError ? error.statusCode : 500;
  return { status, headers: {}, body: failureBody(error), error };
}
