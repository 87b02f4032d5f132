import { FACT_COMMANDS } from '../facts/facts.ts';
import { COMMANDS, type CommandId, commandSpec } from '../fortios/commands.ts';
import type { Rule } from './rule.ts';

/** The commands for a device check: the union of what the rules need, each command once, in catalogue order. */
export function collectionPlan(rules: readonly Rule[]): readonly CommandId[] {
  const wanted = new Set(rules.flatMap((rule) => rule.facts).flatMap((key) => FACT_COMMANDS[key]));
  const ids = Object.keys(COMMANDS) as CommandId[];
  return ids.filter((id) => wanted.has(id) && commandSpec(id).onRequest === undefined);
}
