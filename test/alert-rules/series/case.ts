/** Series that must or must not fire an alert of the service `api`, which is to have 3 replicas. */
import type { Series } from '../promtool.ts';

export interface Case {
  readonly alertIf: string;
  readonly when: string;
  readonly series: Series;
  /** How many alerts fire after ten minutes. */
  readonly fires: number;
}

/** 80 samples of a counter that grows by so much a second. */
export const perSecond = (rate: number): string => `0+${rate * 15}x80`;
export const always = (value: number): string => `${value}x80`;

export const fires = (alertIf: string, when: string, series: Series, count = 1): Case => ({
  alertIf,
  when,
  series,
  fires: count,
});
export const holds = (alertIf: string, when: string, series: Series): Case => fires(alertIf, when, series, 0);
