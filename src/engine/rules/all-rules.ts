import * as list from './list.ts';
import type { Rule } from './rule.ts';

/** All rules by number. */
export const RULES: readonly Rule[] = Object.values(list).toSorted((a, b) => a.number - b.number);

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** `undefined` for a rule of another release: a stored diagnosis may be older or newer than this program. */
export function getRule(id: string): Rule | undefined {
  return BY_ID.get(id);
}
