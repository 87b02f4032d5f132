import { type SettingGroup, showDeclared, showFact } from '../../facts/comparison/table.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { FACT_KEYS, FACTS } from '../../facts/facts.ts';
import type { CaseFacts } from '../../facts/read-facts.ts';
import { MAX_JUDGED_VDOMS } from '../vdom-coverage.ts';

type ShownFacts = Pick<CaseFacts, 'facts' | 'inVdom'>;

/** All settings of one device whose change can matter to a login. */
export function deviceSettings({ facts, inVdom }: ShownFacts): readonly SettingGroup[] {
  const vdoms = (valueIfKnown(facts.vdoms)?.names ?? []).slice(0, MAX_JUDGED_VDOMS);
  return FACT_KEYS.flatMap((key) => {
    const { compare, table, object, perVdom } = FACTS[key];
    const declared = table ?? object;
    if (typeof compare === 'string') return [];
    const shown = declared
      ? showDeclared(key, declared, perVdom === true, facts)
      : compare && showFact(key, compare, facts);
    if (!shown) return [];
    return perVdom ? withUnread(shown, vdoms, inVdom) : shown;
  });
}

/** A check reads only the VDOMs that its question concerns. */
function withUnread(
  read: SettingGroup,
  vdoms: readonly string[],
  inVdom: ShownFacts['inVdom'],
): SettingGroup {
  const unread = vdoms.filter((name) => inVdom(name)[read.fact].state !== 'known');
  return unread.length === 0 ? read : { ...read, unread };
}
