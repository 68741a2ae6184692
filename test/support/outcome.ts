import type { Outcome } from '#core/outcome.ts';

/** A step of `web` from 2 to 3, but for the given parts. */
export const outcomeOf = (parts: Partial<Outcome> = {}): Outcome => ({
  outcome: 'scaled',
  reason: 'step',
  message: 'Scaling web from 2 to 3 replicas (min: 1, max: 5)',
  service: 'web',
  request: 'Scale service up: web',
  direction: 'up',
  from: 2,
  to: 3,
  min: 1,
  max: 5,
  warnings: [],
  dryRun: false,
  ...parts,
});
