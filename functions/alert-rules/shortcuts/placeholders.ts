/**
 * The placeholders of own shortcuts: what docker-flow-monitor's users write of Go's templates, and no more of that
 * language, because its programs can run for ever.
 */
import { RuleError } from '../problem.ts';
import type { AlertContext } from './shortcut.ts';

const PLACEHOLDER =
  /\{\{\s*(?:index\s+\.Values\s+(\d{1,3})|\.Alert\.(ServiceName|Replicas|AlertName|AlertFor))\s*\}\}/g;

/** @throws {RuleError} for a placeholder that we do not know */
export function checkPlaceholders(text: string): void {
  if (!text.replace(PLACEHOLDER, '').includes('{{')) return;
  throw new RuleError(
    'expected no other placeholder than {{ index .Values 0 }} and {{ .Alert.ServiceName }}, .Replicas, .AlertName or .AlertFor',
  );
}

/** How many values these texts need: one more than the highest number in them. */
export const countValues = (texts: readonly string[]): number =>
  Math.max(
    0,
    ...texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, index]) => Number(index ?? -1) + 1)),
  );

/**
 * Puts values and context where the placeholders are; without a context, nothing.
 * @throws {RuleError} when a text asks for the replicas of a service that has no number of them
 */
export function fillIn(text: string, values: readonly string[], context: AlertContext | undefined): string {
  return text.replace(PLACEHOLDER, (_placeholder, index?: string, field?: string) => {
    if (context === undefined) return '';
    switch (field) {
      case 'ServiceName':
        return context.service;
      case 'AlertName':
        return context.alertName;
      case 'AlertFor':
        return context.alertFor;
      case 'Replicas':
        if (context.replicas !== undefined) return String(context.replicas);
        throw new RuleError(`${context.service} has no number of replicas; expected a replicated service`);
      default:
        return values[Number(index)] ?? '';
    }
  });
}
