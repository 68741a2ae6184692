import type { SyntaxNode } from '@lezer/common';
import { quoted } from '#core/values.ts';
import { RuleError } from '../problem.ts';
import { matchesEmptyText } from './regexp.ts';
import { readString } from './strings.ts';

/**
 * Checks what Prometheus asks of a selector beyond its grammar: readable matchers, one name, and at least one matcher
 * that does not match everything.
 * @throws {RuleError}
 */
export function checkSelector(selector: SyntaxNode, text: string): void {
  const matchers = selector.getChild('LabelMatchers');
  const quotedNames = matchers?.getChildren('QuotedLabelName') ?? [];
  for (const name of quotedNames) readString(textOf(name, text));
  const read = ['UnquotedLabelMatcher', 'QuotedLabelMatcher']
    .flatMap((kind) => matchers?.getChildren(kind) ?? [])
    .map((matcher) => readMatcher(matcher, text));

  const named = (selector.getChild('Identifier') ? 1 : 0) + quotedNames.length;
  if (named > 1 || (named === 1 && read.some(({ label }) => label === '__name__'))) {
    throw new RuleError('a selector names two metrics; expected one');
  }
  if (named === 0 && read.every(({ matchesEmpty }) => matchesEmpty)) {
    throw new RuleError(
      `${quoted(textOf(selector, text))} selects every series; expected a name or a matcher that is not empty`,
    );
  }
}

function readMatcher(matcher: SyntaxNode, text: string): { label: string; matchesEmpty: boolean } {
  const quotedName = matcher.getChild('QuotedLabelName');
  const literal = matcher.getChild('StringLiteral');
  const operator = matcher.getChild('MatchOp');
  const value = readString(literal ? textOf(literal, text) : '');
  const name = quotedName ?? matcher.getChild('LabelName');
  const label = name ? textOf(name, text) : '';
  return {
    label: quotedName ? readString(label) : label,
    matchesEmpty: matchesEmpty(operator ? textOf(operator, text) : '=', value),
  };
}

function matchesEmpty(operator: string, value: string): boolean {
  switch (operator) {
    case '=~':
      return matchesEmptyText(value);
    case '!~':
      return !matchesEmptyText(value);
    case '!=':
      return value !== '';
    default:
      return value === '';
  }
}

/** The part of the text that a node stands for. */
export const textOf = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);
