import { RuleError } from './problem.ts';

const FIELD = String.raw`\$value|\.Value|\$externalURL|\.ExternalURL|(?:\$labels|\.Labels|\$externalLabels|\.ExternalLabels)\.[A-Za-z_]\w*`;
const FUNCTION =
  'humanize|humanize1024|humanizeDuration|humanizePercentage|humanizeTimestamp|title|toLower|toUpper';
const ACTION = new RegExp(
  String.raw`\{\{\s*(?:(?:${FUNCTION}|printf "[^"\\{}]*")\s+)?(?:${FIELD})(?:\s*\|\s*(?:${FUNCTION}))*\s*\}\}`,
  'g',
);

/**
 * Makes sure that Prometheus can read a label or an annotation, both of which are Go templates to it. Values, labels and
 * the functions that format them may be used; the rest of the language may not, because one text that Prometheus cannot
 * read stops the reload of the whole file.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 * @throws {RuleError}
 */
export function checkTemplate(text: string): void {
  if (!text.replace(ACTION, '').includes('{{')) return;
  throw new RuleError(
    'expected no other template than {{ $value }} or {{ $labels.NAME }}, with a function such as humanize',
  );
}

/** A text that reads the same after Prometheus has expanded it. */
export const asLiteral = (text: string): string => text.replaceAll('{{', '{{"{{"}}');
