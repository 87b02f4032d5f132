import { FACT_COMMANDS } from '../facts/facts.ts';
import { COMMANDS, type CommandId, commandSpec } from '../fortios/commands.ts';
import type { Rule } from './rule.ts';

/** What the inventory allows on a device besides reading. */
export interface AllowedOnDevice {
  readonly ping?: boolean | undefined;
}

/** The commands for a device check: the union of what the rules need, each command once, in catalogue order. */
export function collectionPlan(rules: readonly Rule[], allowed: AllowedOnDevice = {}): readonly CommandId[] {
  const wanted = new Set(rules.flatMap((rule) => rule.facts).flatMap((key) => FACT_COMMANDS[key]));
  const ids = Object.keys(COMMANDS) as CommandId[];
  const isSent = (id: CommandId) =>
    commandSpec(id).onRequest === undefined || (id === 'ping-push-server' && allowed.ping === true);
  return ids.filter((id) => wanted.has(id) && isSent(id));
}
