import type { Quote } from '../evidence/types.ts';
import type { CommandId } from '../fortios/commands.ts';

/**
 * A fact that the evidence shows: a whole block, table or log, with the lines that show it. Single settings inside
 * `value` are `Sourced`.
 */
export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly quotes: readonly Quote[];
  /** First and last line of what was read, if `quotes` cites single entries: other entries do not exist. */
  readonly bounds?: readonly Quote[];
  /** Why the evidence may not show all: an entry missing from `value` then proves nothing. */
  readonly partial?: string;
}

/** The evidence does not show it; `commands` would. */
export interface Unknown {
  readonly state: 'unknown';
  readonly reason: string;
  readonly commands: readonly CommandId[];
  /** The command was run, but refused, not finished, or answered with something else. */
  readonly failed?: true;
}

/** Two sources contradict each other. */
export interface Conflicting {
  readonly state: 'conflicting';
  readonly reason: string;
  readonly quotes: readonly Quote[];
}

export type Fact<T> = Known<T> | Unknown | Conflicting;

/**
 * One setting inside the value of a fact, for example `status` of the push service, with its own line. `explicit` is
 * false if the line is absent and FortiOS's default was assumed.
 */
export interface Sourced<T> {
  readonly value: T;
  readonly explicit: boolean;
  readonly quotes: readonly Quote[];
}

export function known<T>(value: T, quotes: readonly Quote[], bounds?: readonly Quote[]): Known<T> {
  return { state: 'known', value, quotes, bounds };
}

/** A fact of single things, each with the lines that show it. */
export function knownEach<T extends { readonly quotes: readonly Quote[] }>(values: readonly T[]) {
  return known(
    values,
    values.flatMap(({ quotes }) => quotes),
  );
}

/**
 * Quotes that show the absence of something from these facts: the first and last line of each block or output that
 * would hold it, or the command with empty output.
 */
export function quoteAbsence(...facts: readonly Fact<unknown>[]): readonly Quote[] {
  return facts.flatMap((fact) => (fact.state === 'known' ? (fact.bounds ?? fact.quotes) : []));
}

export function unknown(reason: string, commands: readonly CommandId[] = []): Unknown {
  return { state: 'unknown', reason, commands };
}

export function conflicting(reason: string, quotes: readonly Quote[]): Conflicting {
  return { state: 'conflicting', reason, quotes };
}

/** The evidence shows all of it. */
export function isComplete<F extends Fact<unknown>>(
  fact: F,
): fact is Extract<F, { readonly state: 'known' }> {
  return fact.state === 'known' && fact.partial === undefined;
}

/** The value if known, else `undefined`: for facts that only refine an answer. */
export function valueIfKnown<T>(fact: Fact<T>): T | undefined {
  return fact.state === 'known' ? fact.value : undefined;
}
