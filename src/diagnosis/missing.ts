import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { type CommandId, commandSpec, isKnownTo } from '../fortios/commands.ts';
import type { RuleContext } from '../rules/rule.ts';
import type { MissingFact } from './diagnosis.ts';
import type { Judged } from './judge.ts';

/**
 * Debug of one login (field notes, "Suggested debug recipe"). The last two lines switch it off again: `disable` alone
 * only stops the printing.
 */
function debugRecipe({ overIke, vdomMode }: RuleContext): readonly string[] {
  const lines = [
    'diagnose debug reset',
    'diagnose debug console timestamp enable',
    'diagnose debug application fnbamd -1',
    `diagnose debug application ${overIke ? 'ike' : 'sslvpn'} -1`,
    'diagnose debug application ftm-push -1',
    'diagnose debug enable',
    'diagnose debug disable',
    'diagnose debug reset',
  ];
  return vdomMode === 'multi' ? ['config global', ...lines, 'end'] : lines;
}

/** What is known of the device for the lines that a person is asked to type. */
export interface Asking {
  /** Commands that the evidence answers as a whole: to ask for them again would tell nothing new. */
  readonly answered: (vdom: string | undefined) => ReadonlySet<CommandId>;
  /** The VDOM that users log in to, where it is known. */
  readonly vdomOfLogins?: string | undefined;
  /** The evidence holds a login to its end, with the debug of the push service: another log shows nothing new. */
  readonly debugSeen?: boolean;
}

/** Why nothing is asked for. */
export const DEBUG_TELLS_NO_MORE = 'a longer debug log than this evidence holds';

/** What each undecided rule would need, with the lines to type for it. */
export function toMissing(judged: readonly Judged[], context: RuleContext, asking: Asking): MissingFact[] {
  return judged.flatMap(({ rule, judgement, vdom }) => {
    if (judgement.verdict !== 'unknown') return [];
    const { need, commands } = judgement;
    const own = vdom === undefined ? context : { ...context, vdom };
    const lines = linesFor(commands, own, asking);
    if (lines === 'seen') return [{ rule: rule.id, need: DEBUG_TELLS_NO_MORE, commands: [] }];
    return [{ rule: rule.id, need, commands: [...lines] }];
  });
}

function linesFor(
  commands: readonly CommandId[] | 'debug-recipe',
  context: RuleContext,
  asking: Asking,
): readonly string[] | 'seen' {
  const recipe = () => (asking.debugSeen ? 'seen' : debugRecipe(context));
  if (commands === 'debug-recipe') return recipe();
  const open = commands.filter((id) => !asking.answered(context.vdom).has(id));
  const known = open.filter((id) => isKnownTo(context.version, commandSpec(id)));
  // The debug prints on every release what a newer command shows.
  if (open.length > 0 && known.length === 0) return recipe();
  return known.flatMap((id) => scoped(id, context, asking));
}

/** FortiOS's management VDOM unless it was changed: pushes leave from there, wherever users log in. */
const MANAGEMENT_VDOM = 'root';

function scoped(id: CommandId, context: RuleContext, { vdomOfLogins }: Asking): readonly string[] {
  const { text, scope } = commandSpec(id);
  if (context.vdomMode !== 'multi' || scope === 'any') return [text];
  if (scope === 'global') return ['config global', text, 'end'];
  const vdom =
    id === 'ping-push-server' ? MANAGEMENT_VDOM : (context.vdom ?? vdomOfLogins ?? MANAGEMENT_VDOM);
  // Of a VDOM that the evidence does not show nobody knows that it exists.
  if (context.vdoms && !context.vdoms.has(vdom)) return [text];
  return ['config vdom', `edit ${vdom}`, text, 'end'];
}

/** The only VDOM with logins; where the log has none, the only one with SSL VPN, or with users who have a token. */
export function vdomOfLogins({ attempts, sslVpn, localUsers }: Facts): string | undefined {
  const signs = [
    valueIfKnown(attempts) ?? [],
    (valueIfKnown(sslVpn) ?? []).filter(({ enabled }) => enabled.value),
    (valueIfKnown(localUsers) ?? []).filter(({ twoFactor }) => twoFactor.value !== 'disable'),
  ];
  for (const sign of signs) {
    const vdoms = new Set(sign.flatMap(({ vdom }) => vdom ?? []));
    if (vdoms.size === 1) return [...vdoms][0];
  }
  return undefined;
}

/** A login to its end, as the push service and a daemon that asks for it tell it. */
export function debugWasSeen({ debugLog, attempts, ikeLogins }: Facts): boolean {
  const daemons = valueIfKnown(debugLog)?.daemons;
  if (!daemons?.['ftm-push']) return false;
  const overIke = (valueIfKnown(ikeLogins) ?? []).length > 0;
  if (!daemons.sslvpn && !daemons.fnbamd && !overIke) return false;
  return (valueIfKnown(attempts) ?? []).some(({ outcome }) => outcome !== 'incomplete');
}
