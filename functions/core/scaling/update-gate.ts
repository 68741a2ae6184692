import type { Service } from '#core/swarm/swarm.ts';
import { formatDuration } from '#core/values.ts';
import type { DeferDecision, HoldDecision } from './decision.ts';

type Gate =
  | Pick<DeferDecision, 'kind' | 'reason' | 'message' | 'updateStartedAt'>
  | Pick<HoldDecision, 'kind' | 'reason' | 'message'>;

/** What a rolling update means for a step: it may keep it away, or be told of in a warning. */
interface UpdateCheck {
  readonly gate: Gate | undefined;
  readonly warnings: readonly string[];
}

/**
 * Keeps a step away from a rolling update: a scale in the middle of one overwrites the service's PreviousSpec with the
 * new, unproven spec, and Docker's automatic rollback then "returns" to the broken version. Verified on dockerd 20.10.
 */
export function checkUpdate(
  { name, update }: Service,
  duringUpdate: boolean,
  deferMaxMs: number,
  now: number,
): UpdateCheck {
  const gate = update && gateOf(name, update, deferMaxMs, now);
  if (gate === undefined || !duringUpdate) return { gate, warnings: [] };
  const warning = `${gate.message}; scaled all the same, as its labels ask: an automatic rollback may return to the new version`;
  return { gate: undefined, warnings: [warning] };
}

function gateOf(
  name: string,
  { state, startedAt }: NonNullable<Service['update']>,
  deferMaxMs: number,
  now: number,
): Gate | undefined {
  switch (state) {
    case 'pending':
    case 'updating':
    case 'rollback_started': {
      const what = state === 'rollback_started' ? 'rollback' : 'rolling update';
      if (startedAt !== undefined && now - startedAt > deferMaxMs) {
        return {
          kind: 'hold',
          reason: 'update-stuck',
          message: `${name} is not scaled: its ${what} has been under way for longer than ${formatDuration(deferMaxMs)}; somebody has to look`,
        };
      }
      const message = `${name} is not scaled now: its ${what} ${state === 'pending' ? 'is about to begin' : 'is under way'}`;
      return { kind: 'defer', reason: 'update-in-progress', message, updateStartedAt: startedAt };
    }
    case 'paused':
    case 'rollback_paused':
      return {
        kind: 'hold',
        reason: 'update-paused',
        message: `${name} is not scaled: its ${state === 'paused' ? 'rolling update' : 'rollback'} is paused; somebody has to look`,
      };
    default:
      return undefined;
  }
}
