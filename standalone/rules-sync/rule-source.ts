/** Where the rules come from. */
export interface RuleSource {
  /** The rule file of this moment. @throws {Error} when it cannot be had */
  read(stop: AbortSignal): Promise<string>;
  /** Calls `onChange` whenever the rules may have changed. @throws {Error} when that cannot be heard, or no longer */
  readonly watch?: (onChange: () => void, stop: AbortSignal) => Promise<void>;
  /** How often to look for changes that nobody told of, in milliseconds, unless an operator says otherwise. */
  readonly intervalMs: number;
}
