import type { Quote } from '../evidence/types.ts';
import type { CommandId } from '../fortios/commands.ts';

/** A value the evidence shows, with the lines that show it. */
export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly quotes: readonly Quote[];
  /** First and last line of what was read for it, where `quotes` name single entries: what is not between them is absent. */
  readonly bounds?: readonly Quote[];
  /** Why there may be more of it than the evidence shows: what is not in `value` proves nothing then. */
  readonly partial?: string;
}

/** The evidence does not say; `commands` would. */
export interface Unknown {
  readonly state: 'unknown';
  readonly reason: string;
  readonly commands: readonly CommandId[];
  /** The command that would tell was run, and refused or not finished. */
  readonly failed?: true;
}

/** Two pieces of evidence say different things. */
export interface Conflicting {
  readonly state: 'conflicting';
  readonly reason: string;
  readonly quotes: readonly Quote[];
}

export type Fact<T> = Known<T> | Unknown | Conflicting;

/** One setting of a larger value. `explicit` is false where FortiOS's default was assumed because the line is absent. */
export interface Sourced<T> {
  readonly value: T;
  readonly explicit: boolean;
  readonly quotes: readonly Quote[];
}

export function known<T>(value: T, quotes: readonly Quote[], bounds?: readonly Quote[]): Known<T> {
  return { state: 'known', value, quotes, bounds };
}

/**
 * What shows that these facts do not hold something: the first and last line of each block or output that would, or the
 * command that printed nothing.
 */
export function absenceIn(...facts: readonly Fact<unknown>[]): readonly Quote[] {
  return facts.flatMap((fact) => (fact.state === 'known' ? (fact.bounds ?? fact.quotes) : []));
}

export function unknown(reason: string, commands: readonly CommandId[] = []): Unknown {
  return { state: 'unknown', reason, commands };
}

export function conflicting(reason: string, quotes: readonly Quote[]): Conflicting {
  return { state: 'conflicting', reason, quotes };
}

/** The value where it is known, else `undefined`: for facts that only sharpen an answer. */
export function valueIfKnown<T>(fact: Fact<T>): T | undefined {
  return fact.state === 'known' ? fact.value : undefined;
}
