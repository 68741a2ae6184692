import assert from 'node:assert/strict';
import { test } from 'node:test';
import handle from './handler.ts';
import type { FunctionContext, FunctionEvent } from './openfaas.ts';

test('answers with the body and its type', async () => {
  const answers: unknown[] = [];
  const event = { body: { by: 2 }, headers: { 'content-type': 'application/json' } };
  const context = {
    status: () => context,
    succeed: (body: unknown) => answers.push(body),
  };
  await handle(event as unknown as FunctionEvent, context as unknown as FunctionContext);
  assert.deepEqual(answers, [{ body: { by: 2 }, contentType: 'application/json' }]);
});
