import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { AREA_SUBJECTS, findArea } from '../fortios/access-areas.ts';
import { type CommandId, commandSpec } from '../fortios/commands.ts';
import { atLeast } from '../fortios/version.ts';
import { shortList } from './unread.ts';

/** What the account may not read, with the line that grants it; continues “nothing wrong in what could be read, but”. */
export function refusedClause(facts: Facts): string | undefined {
  const refusals = valueIfKnown(facts.refusals);
  if (!refusals) return undefined;
  const { areas, everything } = refusals;
  if (everything) return everythingRefused(facts);
  const subjects = shortList(areas.map((area) => AREA_SUBJECTS[area]));
  const lines = shortList(areas.map((area) => `\`set ${area} read\``));
  return `${subjects} were not read: the access profile of this account lacks ${lines}`;
}

/** `Unknown action 0` to every command is the answer of 7.4.2 and later to an account without the verb. */
function everythingRefused({ version }: Facts): string {
  const release = valueIfKnown(version);
  const byVerb = release === undefined || atLeast(release, '7.4.2');
  const needed = byVerb
    ? '`set cli-show enable`, `set cli-get enable` and read access such as `set sysgrp read`'
    : '`set sysgrp read`, and so for `netgrp`, `authgrp`, `fwgrp` and `vpngrp`';
  return `this account may not read the settings: its access profile needs ${needed}`;
}

/** Whether this account would be refused again. */
export function refusesCommand({ refusals }: Facts): (command: CommandId) => boolean {
  const { areas = [], everything = false } = valueIfKnown(refusals) ?? {};
  return (id) => {
    const area = findArea(commandSpec(id).text);
    return everything || (area !== undefined && areas.includes(area));
  };
}
