import type { SyntaxNode } from '@lezer/common';
import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';
import type { ValueType } from './functions.ts';
import { textOf } from './selector.ts';

const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte'];
const SET_OPERATORS = ['And', 'Or', 'Unless'];
const EXPERIMENTAL = ['TrimUpper', 'TrimLower', 'FillModifier'];

/**
 * What a binary operation yields, once its operands are known.
 * @throws {RuleError} for operands and modifiers that Prometheus refuses
 */
export function binaryType(node: SyntaxNode, text: string, left: ValueType, right: ValueType): ValueType {
  const has = (names: readonly string[]) => names.some((name) => node.getChild(name) !== null);
  const operation = quoted(textOf(node, text));
  const bothAre = (type: ValueType) => left === type && right === type;
  if (has(EXPERIMENTAL)) throw new RuleError(`${operation} uses an operator that is experimental`);
  for (const type of [left, right]) {
    if (type !== 'scalar' && type !== 'vector') {
      throw new RuleError(`${operation} calculates with ${NAMES[type]}; expected numbers or instant vectors`);
    }
  }
  const matching = node.getChild('MatchingModifierClause');
  if (has(SET_OPERATORS) && !bothAre('vector')) {
    throw new RuleError(`${operation} joins something that is no instant vector with and, or, unless`);
  }
  if (has(['BoolModifier']) && !has(COMPARISONS)) {
    throw new RuleError(`${operation} has a bool without a comparison`);
  }
  if (has(COMPARISONS) && bothAre('scalar') && !has(['BoolModifier'])) {
    throw new RuleError(`${operation} compares two numbers; expected bool behind the operator`);
  }
  if (matching) checkMatching(matching, text, bothAre('vector'), has(SET_OPERATORS));
  return bothAre('scalar') ? 'scalar' : 'vector';
}

function checkMatching(clause: SyntaxNode, text: string, ofVectors: boolean, ofSets: boolean): void {
  const written = quoted(textOf(clause, text));
  const isGrouped = clause.getChild('GroupLeft') !== null || clause.getChild('GroupRight') !== null;
  if (!ofVectors) throw new RuleError(`${written} stands between operands that are not both instant vectors`);
  if (isGrouped && ofSets) throw new RuleError(`${written} groups with and, or, unless`);
  const [on, include] = clause.getChildren('GroupingLabels').map((labels) => labelsIn(labels, text));
  const twice = clause.getChild('On') ? on?.find((label) => include?.includes(label)) : undefined;
  if (twice !== undefined) throw new RuleError(`${written} names the label ${twice} twice`);
}

const labelsIn = (node: SyntaxNode, text: string): readonly string[] =>
  node.getChildren('LabelName').map((label) => textOf(label, text));

/** The types in the words of Prometheus. */
export const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  matrix: 'a range vector',
  string: 'a text',
};
