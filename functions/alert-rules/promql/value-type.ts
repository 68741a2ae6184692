import type { SyntaxNode } from '@lezer/common';
import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';
import { aggregationSignature, FUNCTIONS, type Signature, type ValueType } from './functions.ts';
import { checkDurations, checkNumber, checkTime } from './literals.ts';
import { binaryType, NAMES } from './operators.ts';
import { checkSelector, textOf } from './selector.ts';
import { readString } from './strings.ts';

/**
 * What an expression that is free of syntax errors yields. The grammar alone lets `rate(up)` pass, which Prometheus
 * refuses together with the whole file.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/parser/parse.go
 * @throws {RuleError}
 */
export function valueType(node: SyntaxNode, text: string): ValueType {
  const typeOf = (child: SyntaxNode): ValueType => valueType(child, text);
  const operands = node.getChildren('Expr');
  const [first, second] = operands;
  const written = textOf(node, text);
  const shown = quoted(written);
  switch (node.name) {
    case 'NumberDurationLiteral':
      checkNumber(written);
      return 'scalar';
    case 'StringLiteral':
      readString(written);
      return 'string';
    case 'VectorSelector':
      checkSelector(node, text);
      return 'vector';
    case 'AggregateExpr':
    case 'FunctionCall':
      return callType(node, text);
  }
  if (first === undefined) throw new RuleError(`${shown} is not supported`);
  switch (node.name) {
    case 'ParenExpr':
      return typeOf(first);
    case 'UnaryExpr':
      return expectType(typeOf(first), ['scalar', 'vector'], shown);
    case 'BinaryExpr':
      if (second === undefined) break;
      return binaryType(node, text, typeOf(first), typeOf(second));
    case 'MatrixSelector':
      if (first.name !== 'VectorSelector') throw new RuleError(`${shown}: expected a range of a selector`);
      checkDurations(node, text);
      typeOf(first);
      return 'matrix';
    case 'SubqueryExpr':
      checkDurations(node, text);
      expectType(typeOf(first), ['vector'], shown);
      return 'matrix';
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      checkDurations(node, text);
      if (node.name === 'StepInvariantExpr' && second) checkTime(textOf(second, text));
      checkShifted(node, text);
      return typeOf(first);
  }
  throw new RuleError(`${shown} is experimental in Prometheus and not supported`);
}

function callType(node: SyntaxNode, text: string): ValueType {
  const nameNode = node.getChild('FunctionIdentifier') ?? node.getChild('AggregateOp');
  const name = nameNode ? textOf(nameNode, text).toLowerCase() : '';
  const signature = node.name === 'FunctionCall' ? FUNCTIONS.get(name) : aggregationSignature(name);
  if (signature === undefined)
    throw new RuleError(`${name}() is experimental in Prometheus and not supported`);
  const given = node.getChild('FunctionCallBody')?.getChildren('Expr') ?? [];
  checkCount(name, signature, given.length);
  for (const [index, argument] of given.entries()) {
    const wanted = signature.parameters[index] ?? signature.parameters.at(-1);
    const type = valueType(argument, text);
    if (wanted !== undefined && type !== wanted) {
      throw new RuleError(`${name}() got ${NAMES[type]}; expected ${NAMES[wanted]} as value ${index + 1}`);
    }
  }
  return signature.returns;
}

function checkCount(name: string, { parameters, optional, repeats }: Signature, count: number): void {
  if (count >= parameters.length - optional && (repeats || count <= parameters.length)) return;
  throw new RuleError(`${name}() got ${count} values; expected ${parameters.length}`);
}

/**
 * An offset or @ shifts a selector or a subquery in time, each at most once. Prometheus binds it to the operand just
 * before it; the grammar wraps it around the whole of `a > b offset 5m`, so the last operand is the one that counts.
 */
function checkShifted(node: SyntaxNode, text: string): void {
  const shifts = [node.name];
  let inner = lastOperand(node);
  while (inner && ['OffsetExpr', 'StepInvariantExpr', 'BinaryExpr', 'UnaryExpr'].includes(inner.name)) {
    if (shifts.includes(inner.name)) throw new RuleError(`${quoted(textOf(node, text))} is shifted twice`);
    if (inner.name === 'OffsetExpr' || inner.name === 'StepInvariantExpr') shifts.push(inner.name);
    inner = lastOperand(inner);
  }
  if (inner && ['VectorSelector', 'MatrixSelector', 'SubqueryExpr'].includes(inner.name)) return;
  throw new RuleError(`${quoted(textOf(node, text))} shifts in time what is neither selector nor subquery`);
}

const lastOperand = (node: SyntaxNode): SyntaxNode | undefined => {
  const operands = node.getChildren('Expr');
  return node.name === 'BinaryExpr' ? operands.at(-1) : operands[0];
};

function expectType(type: ValueType, wanted: readonly ValueType[], shown: string): ValueType {
  if (wanted.includes(type)) return type;
  throw new RuleError(
    `${shown} works on ${NAMES[type]}; expected ${wanted.map((each) => NAMES[each]).join(' or ')}`,
  );
}
