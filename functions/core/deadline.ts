/** The time that is left for a piece of work. */
export interface Deadline {
  /** In milliseconds; 0 once it has passed. */
  remainingMs(): number;
}

/** Starts the clock now; it does not mind when the wall clock is set. */
export function startDeadline(budgetMs: number): Deadline {
  const end = performance.now() + budgetMs;
  return { remainingMs: () => Math.max(0, end - performance.now()) };
}
