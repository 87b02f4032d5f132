import { type CommandId, commandSpec } from '../fortios/commands.ts';
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

/**
 * What each undecided rule would need, with the lines to type for it. `answered` are commands that the device has answered
 * in this very check: to ask a person for them again would tell nothing new.
 */
export function toMissing(
  judged: readonly Judged[],
  context: RuleContext,
  answered: ReadonlySet<CommandId>,
): MissingFact[] {
  return judged.flatMap(({ rule, judgement }) => {
    if (judgement.verdict !== 'unknown') return [];
    const { need, commands } = judgement;
    return [{ rule: rule.id, need, commands: [...linesFor(commands, context, answered)] }];
  });
}

function linesFor(
  commands: readonly CommandId[] | 'debug-recipe',
  context: RuleContext,
  answered: ReadonlySet<CommandId>,
): readonly string[] {
  if (commands === 'debug-recipe') return debugRecipe(context);
  return commands.filter((id) => !answered.has(id)).flatMap((id) => scoped(id, context));
}

function scoped(id: CommandId, context: RuleContext): readonly string[] {
  const { text, scope } = commandSpec(id);
  if (context.vdomMode !== 'multi' || scope === 'any') return [text];
  if (scope === 'global') return ['config global', text, 'end'];
  return ['config vdom', `edit ${context.vdom ?? 'root'}`, text, 'end'];
}
