import { type Parser, quoted, ValueError } from '#core/values.ts';
import type { Pairs } from '../labels/pairs.ts';
import { RuleError } from '../problem.ts';

/** What a shortcut may know of the alert that it stands in. */
export interface AlertContext {
  readonly service: string;
  /** How many replicas the service is to have; undefined where Swarm does not count them, as for a global service. */
  readonly replicas: number | undefined;
  /** Whether the service asks to be scraped (com.df.scrapePort). */
  readonly isScraped: boolean;
  readonly alertName: string;
  /** Empty where there is none. */
  readonly alertFor: string;
}

/** What an alertIf stands for. */
export interface Expansion {
  readonly expr: string;
  readonly labels: Pairs;
  readonly annotations: Pairs;
}

/** @throws {RuleError} when the values do not fit */
export type Shortcut = (values: readonly string[], context: AlertContext) => Expansion;

/** By name, `@` included. */
export type ShortcutTable = ReadonlyMap<string, Shortcut>;

/** What each of our own shortcuts says; receiver and service are added to the labels. */
interface Definition {
  readonly expr: string;
  readonly summary: string;
  readonly labels: Pairs;
}

/**
 * Makes a shortcut whose values are checked, in the order of `parameters`, before they reach the expression.
 * @param parameters by name, each with the parser that yields the value as PromQL is to have it
 */
export function defineShortcut<Name extends string>(
  parameters: Readonly<Record<Name, Parser<string>>>,
  define: (context: AlertContext, values: Readonly<Record<Name, string>>) => Definition,
): Shortcut {
  return (values, context) => {
    const { expr, summary, labels } = define(context, readValues(parameters, values));
    return {
      expr,
      labels: { receiver: 'system', service: context.service, ...labels },
      annotations: { summary },
    };
  };
}

function readValues<Name extends string>(
  parameters: Readonly<Record<Name, Parser<string>>>,
  values: readonly string[],
): Readonly<Record<Name, string>> {
  const names = Object.keys(parameters) as Name[];
  if (values.length !== names.length) {
    const wanted = names.length === 0 ? 'none' : `${names.length}: ${names.join(',')}`;
    throw new RuleError(`the shortcut got ${values.length} values; expected ${wanted}`);
  }
  const read = names.map((name, index) => [name, readValue(name, parameters[name], values[index] ?? '')]);
  return Object.fromEntries(read) as Record<Name, string>;
}

function readValue(name: string, parse: Parser<string>, text: string): string {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new RuleError(`the value ${name}=${quoted(text)} cannot be used: ${error.message}`, {
      cause: error,
    });
  }
}
