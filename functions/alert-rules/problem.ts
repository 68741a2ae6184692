import { ValueError } from '#core/values.ts';

/** What is wrong with one label: the alert it belongs to is left out, and people are told. */
export interface Problem {
  /** Undefined where the fault is in the file of own shortcuts and not on a service. */
  readonly service: string | undefined;
  /** Where it stands: the label's key, or the name of an own shortcut, or `SHORTCUTS_FILE` for the file as a whole. */
  readonly label: string;
  readonly value: string;
  readonly message: string;
}

/** A text from which no rule can be made; its message says what was expected. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

/** Gathers what cannot be read, so that one fault hides neither the next one nor the alerts around it. */
export class ProblemList {
  readonly problems: Problem[] = [];

  /** What `read` returns, or undefined after its {@link RuleError} or {@link ValueError} has been noted. */
  attempt<T>(where: Omit<Problem, 'message'>, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RuleError || error instanceof ValueError)) throw error;
      this.problems.push({ ...where, message: error.message });
      return undefined;
    }
  }
}
