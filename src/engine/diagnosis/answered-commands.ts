import { type Fact, isComplete } from '../facts/fact.ts';
import { FACT_KEYS, FACTS, type Facts } from '../facts/facts.ts';
import { COMMANDS, type CommandId, commandSpec } from '../fortios/commands.ts';

const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];

/**
 * Commands answered completely: a device check requests whole answers and a backup holds them; a pasted excerpt may
 * not.
 */
export function answeredCommands(facts: Facts): ReadonlySet<CommandId> {
  return new Set(
    FACT_KEYS.filter((key) => facts[key].state === 'known').flatMap((key) => FACTS[key].commands),
  );
}

/** Tables that show in a paste whether all of them is there, and `inText`, the commands that the text itself shows to be answered. */
export function answeredInPaste(facts: Facts, inText: ReadonlySet<string>): ReadonlySet<CommandId> {
  const { interfaces, administrators, localUsers, tokenStates, vdomMode } = facts;
  const isMulti = vdomMode.state === 'known' && vdomMode.value === 'multi';
  const isWholeTable = (fact: Fact<readonly { readonly partial?: boolean }[]>) =>
    isComplete(fact) && fact.value.every((each) => !each.partial);
  return new Set([
    ...COMMAND_IDS.filter((id) => {
      const { text, scope } = commandSpec(id);
      return (!isMulti || scope === 'any') && inText.has(text);
    }),
    ...(isWholeTable(interfaces) ? FACTS.interfaces.commands : []),
    ...(isWholeTable(administrators) ? FACTS.administrators.commands : []),
    ...(vdomMode.state === 'known' && vdomMode.value === 'single' && isWholeTable(localUsers)
      ? FACTS.localUsers.commands
      : []),
    ...(!isMulti && isComplete(tokenStates) ? FACTS.tokenStates.commands : []),
  ]);
}
