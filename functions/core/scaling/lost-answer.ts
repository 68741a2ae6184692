import type { Service } from '#core/swarm/swarm.ts';
import { MOST_APPLIED, readScaleState, SCALE_STATE_LABEL } from './scale-state.ts';

/** What became of an update whose answer was lost; a step that was made carries the time under which it was recorded. */
export type Verdict =
  | { readonly kind: 'made'; readonly at: string }
  | { readonly kind: 'not-made' | 'unknown' };

/**
 * Reads the verdict off the service as it was when the update was sent and as it is now: our id is there, the step was
 * made; it is not, the step was not made. `unknown` where the ids that would tell have been pushed out or wiped since.
 */
export function findStep(id: string, sentAt: Service, now: Service): Verdict {
  const before = readScaleState(sentAt.labels).state.applied;
  const { state, isUnreadable } = readScaleState(now.labels);
  const after = state.applied;
  const ours = [...after, ...readScaleState(now.previousLabels).state.applied].find(
    (entry) => entry.id === id,
  );
  if (ours !== undefined) return { kind: 'made', at: ours.at };
  if (now.version === sentAt.version) return { kind: 'not-made' };
  const isWiped = isUnreadable || (SCALE_STATE_LABEL in sentAt.labels && !(SCALE_STATE_LABEL in now.labels));
  // Ours would have stood behind all of those from before, which are pushed out first.
  const isPushedOut =
    after.length >= MOST_APPLIED && !before.some((old) => after.some((entry) => entry.id === old.id));
  return { kind: isWiped || isPushedOut ? 'unknown' : 'not-made' };
}
