import { statedQuote } from '../facts/described/described.ts';
import { valueIfKnown } from '../facts/fact.ts';
import { FACT_KEYS, FACTS, type Facts } from '../facts/facts.ts';
import { type CommandId, commandSpec, isKnownTo } from '../fortios/commands.ts';
import { type DebugApplication, debugFilters } from '../fortios/debug-commands.ts';
import { isVdomName } from '../fortios/vdom-name.ts';
import type { RuleContext } from '../rules/rule.ts';
import { inOneLine } from '../text/one-line.ts';
import { answeredCommands, answeredInPaste } from './answered-commands.ts';
import { matchUnasked, type Topic } from './concerned-rules.ts';
import type { DeviceCase } from './device-case.ts';
import type { MissingFact } from './diagnosis.ts';
import { refusesCommand } from './refused-areas.ts';
import { calledInterface, managementVdom } from './vdom-coverage.ts';
import { isWhole } from './verdict.ts';

/** Daemons of a login, by the topics that the case shows. */
function debugApplications(
  { overIke }: RuleContext,
  topics: ReadonlySet<Topic>,
): readonly DebugApplication[] {
  if (topics.has('push')) return ['fnbamd', overIke ? 'ike' : 'sslvpn', 'ftm-push'];
  if (overIke || isIpsecOnly(topics)) {
    return [
      'fnbamd',
      'ike',
      ...(topics.has('saml') ? (['samld', 'authd'] as const) : (['eap_proxy'] as const)),
    ];
  }
  // Nothing shows which VPN the users have.
  if (!topics.has('sslvpn')) return ['fnbamd', 'sslvpn', 'ike', 'eap_proxy'];
  return ['fnbamd', 'sslvpn', ...(topics.has('saml') ? (['samld'] as const) : [])];
}

/**
 * Debug of one login. The last two lines turn it off again: `disable` alone only stops the output.
 */
function debugRecipe(context: RuleContext, { topics, onlyClient }: Asking): readonly string[] {
  const daemons = debugApplications(context, topics);
  // The filters belong to a VDOM.
  const client = context.vdomMode === 'multi' ? undefined : onlyClient;
  const filters = client === undefined ? [] : debugFilters(client, daemons, context.version);
  const lines = [
    'diagnose debug reset',
    'diagnose debug console timestamp enable',
    ...filters.map(({ set }) => set),
    ...daemons.map((daemon) => `diagnose debug application ${daemon} -1`),
    'diagnose debug enable',
    'diagnose debug disable',
    'diagnose debug reset',
    ...filters.map(({ clear }) => clear),
  ];
  return context.vdomMode === 'multi' ? ['config global', ...lines, 'end'] : lines;
}

/** What is known about the device, for the commands that a person is asked to run. */
interface Asking {
  /** What the case is about, for the debug of a login. */
  readonly topics: ReadonlySet<Topic>;
  /** Commands with a complete answer in the evidence: running them again would show nothing new. */
  readonly answered: (vdom: string | undefined) => ReadonlySet<CommandId>;
  /** Commands that this account may not run. */
  readonly refused: (command: CommandId) => boolean;
  /** The address to which the next debug is limited: that of the only client, where the last debug printed too much. */
  readonly onlyClient: string | undefined;
  /** The VDOM that users log in to, if known. */
  readonly vdomOfLogins: string | undefined;
  /** The VDOM from which pushes leave: `root` by default. */
  readonly managementVdom: string;
  /** The VDOM in which the phone's answer arrives, if known. */
  readonly callbackVdom: string | undefined;
  /** The evidence holds a complete login with push debug: another log would show nothing new. */
  readonly debugSeen: boolean;
}

/** Why nothing is asked for. */
export const LONGER_DEBUG_LOG = 'a longer debug log than this evidence contains';

/** The same: the answer is there, and leaves the rule open. */
export const ANSWERED = 'more than the answers in this evidence show';

/** Lists what each undecided rule that is asked about needs, with the commands to run. */
export function toMissing(deviceCase: DeviceCase): MissingFact[] {
  const { judged, context, topics } = deviceCase;
  const asking = createAsking(deviceCase);
  const isUnasked = matchUnasked(topics);
  return judged.flatMap((each) => {
    const { rule, judgement, vdom } = each;
    if (judgement.verdict !== 'unknown' || deviceCase.isConnected || isUnasked(each)) return [];
    const { need, commands } = judgement;
    if (isOfOtherVpn(commands, topics)) return [];
    if (needsOtherAccount(commands, asking)) return [];
    const own = vdom === undefined ? context : { ...context, vdom };
    const lines = linesFor(
      commands,
      own,
      rule.hop === 'callback' ? asking : { ...asking, callbackVdom: undefined },
    );
    if (lines === 'seen') return [{ rule: rule.id, need: LONGER_DEBUG_LOG, commands: [] }];
    if (lines === 'answered') return [{ rule: rule.id, need: ANSWERED, commands: [] }];
    return [{ rule: rule.id, need: inOneLine(need), commands: [...lines] }];
  });
}

function createAsking({ evidence, focus, facts, deviceFacts, inVdom, topics }: DeviceCase): Asking {
  const isCheck = focus.alias !== undefined;
  const inText = isCheck ? [] : answeredInPaste(deviceFacts, evidence.answeredInText);
  const isAllRead = isCheck || isWhole(deviceFacts);
  const read = (vdom: string | undefined) =>
    isAllRead ? answeredCommands(vdom === undefined ? deviceFacts : inVdom(vdom)) : [];
  return {
    topics,
    answered: onceForVdom((vdom) => new Set([...inText, ...read(vdom)])),
    refused: refusesCommand(deviceFacts),
    onlyClient: floodingClient(facts),
    vdomOfLogins: vdomOfLogins(deviceFacts),
    managementVdom: managementVdom(deviceFacts),
    callbackVdom: calledInterface(deviceFacts)?.vdom,
    debugSeen: debugWasSeen(facts, topics),
  };
}

const OF_SSL_VPN: ReadonlySet<CommandId> = new Set([
  'ssl-vpn',
  'ssl-portals',
  'ssl-sessions',
  'ssl-vpn-blocklist',
]);

/** A login over IPsec does not depend on the settings of SSL VPN. */
function isOfOtherVpn(commands: readonly CommandId[] | 'debug-recipe', topics: ReadonlySet<Topic>): boolean {
  if (commands === 'debug-recipe' || !isIpsecOnly(topics) || topics.has('push')) return false;
  return commands.some((id) => OF_SSL_VPN.has(id));
}

function isIpsecOnly(topics: ReadonlySet<Topic>): boolean {
  return topics.has('ike') && !topics.has('sslvpn');
}

/** Another account would be needed: a person cannot answer it either. */
function needsOtherAccount(commands: readonly CommandId[] | 'debug-recipe', { refused }: Asking): boolean {
  if (commands === 'debug-recipe' || commands.length === 0) return false;
  return commands.every(refused);
}

/** Most rules ask about the same VDOM. */
function onceForVdom(answered: Asking['answered']): Asking['answered'] {
  const known = new Map<string | undefined, ReadonlySet<CommandId>>();
  return (vdom) => {
    const commands = known.get(vdom) ?? answered(vdom);
    known.set(vdom, commands);
    return commands;
  };
}

function linesFor(
  commands: readonly CommandId[] | 'debug-recipe',
  context: RuleContext,
  asking: Asking,
): readonly string[] | 'seen' | 'answered' {
  const recipe = () => (asking.debugSeen ? 'seen' : debugRecipe(context, asking));
  if (commands === 'debug-recipe') return recipe();
  const answered = asking.answered(context.vdom);
  const open = commands.filter((id) => !answered.has(id) && !asking.refused(id));
  if (open.length === 0 && commands.length > 0) return 'answered';
  const known = open.filter((id) => isKnownTo(context.version, commandSpec(id)));
  // Debug shows on every release what only newer releases have a command for.
  if (open.length > 0 && known.length === 0) return recipe();
  return known.flatMap((id) => scopeCommand(id, context, asking));
}

/** FortiOS's default management VDOM: push requests leave from it, wherever users log in. */
const MANAGEMENT_VDOM = 'root';
const OF_MANAGEMENT: ReadonlySet<CommandId> = new Set(
  FACT_KEYS.filter((key) => FACTS[key].ofManagementVdom).flatMap((key) => FACTS[key].commands),
);

function scopeCommand(
  id: CommandId,
  context: RuleContext,
  { vdomOfLogins, managementVdom, callbackVdom }: Asking,
): readonly string[] {
  const { text, scope } = commandSpec(id);
  if (context.vdomMode !== 'multi' || scope === 'any') return [text];
  if (scope === 'global') return ['config global', text, 'end'];
  const vdom = OF_MANAGEMENT.has(id)
    ? (callbackVdom ?? managementVdom)
    : (context.vdom ?? vdomOfLogins ?? MANAGEMENT_VDOM);
  // A VDOM that the evidence does not show may not exist, and a name that FortiOS does not allow may be a command.
  if (!isVdomName(vdom) || (context.vdoms && !context.vdoms.has(vdom))) return [text];
  return ['config vdom', `edit ${vdom}`, text, 'end'];
}

/** The only VDOM with logins; without logins in the log, the only one with SSL VPN or with token users. */
function vdomOfLogins({ attempts, sslVpn, localUsers }: Facts): string | undefined {
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

/** The address of the only client in the log, for a person who says that the debug printed too much. */
function floodingClient({ attempts, debugLog, described }: Facts): string | undefined {
  if (!statedQuote('flooded', described)) return undefined;
  const clients = (valueIfKnown(attempts) ?? []).flatMap(({ trace }) => trace.client ?? []);
  const [client, another] = new Set(clients);
  return another === undefined ? (client ?? valueIfKnown(debugLog)?.onlyClient) : undefined;
}

/** Whether the debug holds a complete login, from fnbamd and a VPN, or where push matters from the push service too. */
function debugWasSeen({ debugLog, attempts, ikeLogins }: Facts, topics: ReadonlySet<Topic>): boolean {
  const daemons = valueIfKnown(debugLog)?.daemons;
  if (!daemons?.[topics.has('push') ? 'ftm-push' : 'fnbamd']) return false;
  const overIke = (valueIfKnown(ikeLogins) ?? []).length > 0;
  if (!topics.has('push') && !daemons.sslvpn && !overIke) return false;
  if (!daemons.sslvpn && !daemons.fnbamd && !overIke) return false;
  return (valueIfKnown(attempts) ?? []).some(({ outcome }) => outcome !== 'incomplete');
}
