import { parser } from '@prometheus-io/lezer-promql';
import { RuleError } from '../problem.ts';
import { NAMES } from './operators.ts';
import { valueType } from './value-type.ts';

/** How much of the expression a message shows from the place where it went wrong. */
const EXCERPT = 20;

/**
 * Makes sure that Prometheus will take an expression as that of an alert: one that it refuses stops the reload of the
 * whole file, and with it every other alert.
 * @throws {RuleError}
 */
export function checkPromql(text: string): void {
  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (!type.isError) return;
      const rest = text.slice(from, from + EXCERPT);
      throw new RuleError(
        rest.trim() === ''
          ? 'expected PromQL, which ends too early'
          : `expected PromQL, which goes wrong at character ${from + 1}: ${rest}`,
      );
    },
  });
  const expression = tree.topNode.getChild('Expr');
  const type = expression ? valueType(expression, text) : 'string';
  if (type !== 'vector' && type !== 'scalar') {
    throw new RuleError(`expected PromQL that yields an instant vector; this yields ${NAMES[type]}`);
  }
}
