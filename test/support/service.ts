import type { ScaleState } from '#core/scaling/scale-state.ts';
import type { Service } from '#core/swarm/swarm.ts';

/** The clock of pure tests. */
export const NOW = Date.parse('2026-01-31T12:00:00Z');

export const minutes = (count: number): number => count * 60_000;

export const seconds = (count: number): number => count * 1000;

/** A replicated service named `web` with two replicas and no labels, but for the given parts. */
export function serviceOf(parts: Partial<Service> = {}): Service {
  return {
    id: '8ahi7s5gl3mjm1ktlpsdwbaoh',
    name: 'web',
    version: 10,
    mode: 'replicated',
    replicas: 2,
    labels: {},
    previousLabels: {},
    update: undefined,
    raw: '',
    ...parts,
  };
}

/** The labels of a service that was scaled this long ago. */
export function scaledAgo(agoMs: Partial<Record<'up' | 'down', number>>): Record<string, string> {
  const step = (ms: number) => ({ at: new Date(NOW - ms).toISOString(), from: 1, to: 2, cause: 'order' });
  const state: ScaleState = {
    ...(agoMs.up !== undefined && { up: step(agoMs.up) }),
    ...(agoMs.down !== undefined && { down: step(agoMs.down) }),
    applied: [],
  };
  return { 'com.df.scaleState': JSON.stringify(state) };
}
