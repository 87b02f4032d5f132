import { FACTS } from '../facts/facts.ts';
import { COMMANDS, type CommandId, commandSpec } from '../fortios/commands.ts';
import type { Rule } from './rule.ts';

export interface Question {
  /** The inventory allows it on the device. */
  readonly ping?: boolean | undefined;
  /** It is about one user, whose logins of the last day are looked up. */
  readonly user?: string | undefined;
}

/** Logins come from any log, so that no fact names this command. */
export const OF_USER: readonly CommandId[] = ['event-log'];

/** The commands for a device check: the union of what the rules need, each command once, in catalogue order. */
export function collectionPlan(
  rules: readonly Rule[],
  { ping = false, user }: Question = {},
): readonly CommandId[] {
  const facts = new Set(rules.flatMap((rule) => rule.facts));
  const wanted = new Set([...facts].flatMap((key) => FACTS[key].commands));
  const plan = (Object.keys(COMMANDS) as CommandId[]).filter(
    (id) =>
      wanted.has(id) && (commandSpec(id).onRequest === undefined || (id === 'ping-push-server' && ping)),
  );
  return user === undefined ? plan : [...plan, ...OF_USER];
}
