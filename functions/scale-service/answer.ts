import { type Answer, type AnswerBody, RETRY_AFTER } from '#core/answer.ts';
import { isError, type Outcome, statusOf } from '#core/outcome.ts';

/** The body of `scale-service`'s answer. */
interface ScaleAnswerBody extends AnswerBody {
  readonly warnings: readonly string[];
  /** Whether `notify` told people. */
  readonly notified: boolean;
  readonly dryRun?: true;
  readonly results: readonly Result[];
}

type Result = Pick<
  Outcome,
  'service' | 'outcome' | 'direction' | 'from' | 'to' | 'min' | 'max' | 'reason' | 'message'
>;

/** One answer for all outcomes of a request. */
export function answerFor(
  outcomes: readonly Outcome[],
  {
    warnings,
    notified,
    dryRun,
  }: { readonly warnings: readonly string[]; readonly notified: boolean; readonly dryRun: boolean },
): Answer {
  const status = statusOfAll(outcomes);
  const body: ScaleAnswerBody = {
    status: outcomes.every(isFault) ? 'NOK' : 'OK',
    message: outcomes.length === 1 && outcomes[0] ? outcomes[0].message : summarize(outcomes),
    warnings: [...warnings, ...outcomes.flatMap((outcome) => outcome.warnings)],
    notified,
    ...(dryRun && { dryRun }),
    results: outcomes.map(resultOf),
  };
  return { status, headers: status === 503 ? RETRY_AFTER : {}, body };
}

/**
 * 503 only if every outcome deserves a retry: Alertmanager would repeat the whole payload. Else 200 if anything was scaled
 * or held, else the highest 4xx.
 */
function statusOfAll(outcomes: readonly Outcome[]): number {
  const statuses = outcomes.map(statusOf);
  if (statuses.every((status) => status === 503)) return 503;
  return statuses.includes(200) ? 200 : Math.max(...statuses.filter((status) => status < 500));
}

const isFault = (outcome: Outcome): boolean => isError(outcome) || outcome.outcome === 'deferred';

function summarize(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return `${outcomes.length} results: ${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`;
}

function resultOf({ service, outcome, direction, from, to, min, max, reason, message }: Outcome): Result {
  return { service, outcome, direction, from, to, min, max, reason, message };
}
