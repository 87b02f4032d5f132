import { FACTS } from '../facts/fact-list.ts';
import { COMMANDS, type CommandId, commandSpec } from '../fortios/commands.ts';
import type { Rule } from './rule.ts';

/** What the inventory allows on a device besides reading. */
export interface AllowedOnDevice {
  readonly ping?: boolean | undefined;
}

/** Every diagnosis asks for it, and the rules are nearly always the same. */
const WANTED = new WeakMap<readonly Rule[], readonly CommandId[]>();

/** The commands for a device check: the union of what the rules need, each command once, in catalogue order. */
export function collectionPlan(rules: readonly Rule[], allowed: AllowedOnDevice = {}): readonly CommandId[] {
  return wantedBy(rules).filter(
    (id) => commandSpec(id).onRequest === undefined || (id === 'ping-push-server' && allowed.ping === true),
  );
}

function wantedBy(rules: readonly Rule[]): readonly CommandId[] {
  const known = WANTED.get(rules);
  if (known) return known;
  const wanted = new Set(rules.flatMap((rule) => rule.facts).flatMap((key) => FACTS[key].commands));
  const ids = (Object.keys(COMMANDS) as CommandId[]).filter((id) => wanted.has(id));
  WANTED.set(rules, ids);
  return ids;
}
