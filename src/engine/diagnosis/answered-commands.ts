import type { Fact } from '../facts/fact.ts';
import { FACT_KEYS, FACTS } from '../facts/fact-list.ts';
import type { Facts } from '../facts/facts.ts';
import type { CommandId } from '../fortios/commands.ts';

/**
 * Commands answered completely: a device check requests whole answers and a backup holds them; a pasted excerpt may
 * not.
 */
export function answeredCommands(facts: Facts): ReadonlySet<CommandId> {
  return new Set(
    FACT_KEYS.filter((key) => facts[key].state === 'known').flatMap((key) => FACTS[key].commands),
  );
}

/** Tables of the whole device whose entries tell whether the paste shows all of them. */
export function answeredInPaste(facts: Facts): ReadonlySet<CommandId> {
  const { interfaces, administrators, localUsers, vdomMode } = facts;
  const isWholeTable = (fact: Fact<readonly { readonly partial?: boolean }[]>) =>
    fact.state === 'known' && fact.partial === undefined && fact.value.every((each) => !each.partial);
  return new Set([
    ...(isWholeTable(interfaces) ? FACTS.interfaces.commands : []),
    ...(isWholeTable(administrators) ? FACTS.administrators.commands : []),
    ...(vdomMode.state === 'known' && vdomMode.value === 'single' && isWholeTable(localUsers)
      ? FACTS.localUsers.commands
      : []),
  ]);
}
