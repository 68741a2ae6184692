import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { EngineError } from '../engine-error.ts';

/**
 * Parses a request's body.
 * @throws {EngineError} 400 when it is not JSON, worded as Go's decoder does
 */
export function parseBody(body: string): Node {
  if (body.trim() === '') throw new EngineError(400, 'got EOF while reading request body');
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { disallowComments: true });
  const [error] = errors;
  if (root !== undefined && error === undefined) return root;
  const culprit = body.charAt(error?.offset ?? body.length);
  throw new EngineError(
    400,
    culprit === '' ? 'unexpected EOF' : `invalid character '${culprit}' looking for beginning of value`,
  );
}
