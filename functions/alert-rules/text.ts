import { RuleError } from './problem.ts';

/** What the YAML that Prometheus reads cannot carry as it is: control characters, halves of pairs, marks of byte order. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** @throws {RuleError} when the text holds a character that cannot go into a rule file */
export function checkCharacters(text: string): void {
  if (text.search(UNWRITABLE) >= 0) throw new RuleError('expected a text without control characters');
}

/** A text as it may stand in a rule file: on one line, with spaces for what cannot be written. */
export const writable = (text: string): string => text.replace(UNWRITABLE, ' ').replace(/\s+/g, ' ');
