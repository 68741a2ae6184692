import type { FunctionContext, FunctionEvent } from './openfaas.ts';

export default async function handle(event: FunctionEvent, context: FunctionContext): Promise<void> {
  context.status(200).succeed({ body: event.body, contentType: event.headers['content-type'] });
}
