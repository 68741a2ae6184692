import { INVALID_ALERT } from './invalid-rules.ts';
import { RuleError } from './problem.ts';

/** Who has which name: `go-demo` and `godemo` would make rules of the same name, and nobody could tell them apart. */
export class RuleNames {
  readonly #owners = new Map([[INVALID_ALERT, 'an alert about rules that cannot be made']]);

  /** @throws {RuleError} when the name is taken; it stays with the one that came first */
  claim(name: string, service: string): string {
    const owner = this.#owners.get(name);
    if (owner !== undefined)
      throw new RuleError(`the rule's name ${name} is taken by ${owner}; expected another name`);
    this.#owners.set(name, `an alert of ${service}`);
    return name;
  }
}
