import type { ServiceLabels } from './labels/alert-labels.ts';

/** A service of the Swarm, as far as its rules depend on it. */
export interface LabelledService {
  readonly name: string;
  /** The count that Swarm was asked for; undefined for a global service or a job. */
  readonly replicas: number | undefined;
  readonly labels: ServiceLabels;
}
