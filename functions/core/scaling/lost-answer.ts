import type { Service } from '#core/swarm/swarm.ts';
import { MOST_APPLIED, readScaleState, SCALE_STATE_LABEL } from './scale-state.ts';

/**
 * Tells what became of an update whose answer was lost, from the service as it was when the update was sent and as it is
 * now: our id is there, the step was made; it is not, the step was not made. `unknown` where the ids that would tell have
 * been pushed out or wiped since.
 */
export function findStep(id: string, sentAt: Service, now: Service): 'made' | 'not-made' | 'unknown' {
  const before = readScaleState(sentAt.labels).state.applied;
  const after = readScaleState(now.labels).state.applied;
  const isIn = (applied: typeof after): boolean => applied.some((entry) => entry.id === id);
  if (isIn(after) || isIn(readScaleState(now.previousLabels).state.applied)) return 'made';
  if (now.version === sentAt.version) return 'not-made';
  const isWiped = SCALE_STATE_LABEL in sentAt.labels && !(SCALE_STATE_LABEL in now.labels);
  // Ours would have stood behind all of those from before, which are pushed out first.
  const isPushedOut =
    after.length >= MOST_APPLIED && !before.some((old) => after.some((entry) => entry.id === old.id));
  return isWiped || isPushedOut ? 'unknown' : 'not-made';
}
