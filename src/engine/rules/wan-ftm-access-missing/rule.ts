import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isIpAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Confidence, Judgement, RuleContext } from '../rule.ts';
import {
  CHANGE_BROKE_IT,
  LIMIT_SOURCES,
  LONGER_TIMER,
  NEXT_LOGIN,
  OPENS_PUSH_PORT,
  SET_ALLOWACCESS,
  TYPED_CODE,
} from '../shared/answers.ts';
import {
  type AccessList,
  acceptsFtm,
  accessNote,
  allowFtm,
  callbackAddress,
  callbackEndpoint,
  callbackInterface,
  readAccessLists,
} from '../shared/callback-interface.ts';
import { DEFAULT_PORT } from '../shared/callback-packets.ts';
import { judgeForwarding } from '../shared/conflicting-vips.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { configEntry, globalFix } from '../shared/fix.ts';
import { unansweredSyns } from '../shared/vpn-port.ts';
import { isWan, listAddresses } from '../shared/wan-interfaces.ts';

const TITLE = 'The WAN interface does not accept the phone’s answer: `ftm` is not in its `allowaccess`';
const FIX =
  'Look with `show system interface <wan>` at the line `set allowaccess`. If `ftm` is not in it, type `config system interface`, `edit <wan>`, `append allowaccess ftm`, `next`, `end`. Use `append`: `set` would take `https` and `ssh` away.';

export const rule = defineRule({
  id: 'wan-ftm-access-missing',
  title: 'The WAN interface drops the phone’s answer: `ftm` is not in its allowaccess',
  severity: 'critical',
  hop: 'callback',
  number: 7,
  forCustomer: 'the firewall does not accept the answers of phones from the internet',
  disturbs: 'nobody',
  place: 'on the FortiGate, whose interface does not accept `ftm`',
  stops: 'every user with push',
  answers: [
    [
      CHANGE_BROKE_IT,
      'Yes, if `allowaccess` was part of it: without `ftm` in the list the answer of the phone is dropped.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    SET_ALLOWACCESS,
    LIMIT_SOURCES,
    OPENS_PUSH_PORT,
    NEXT_LOGIN,
    ['which-setting', '`ftm` in `allowaccess` of the interface that phones reach is what is needed.'],
    [
      ['where', 'choice'],
      '`ftm` belongs on the interface that phones reach from outside, mostly the WAN, beside what its `allowaccess` has.',
    ],
    [
      'elsewhere',
      'An interface with `ftm` accepts the answer, so phones that come in by another one may work.',
    ],
    [
      'verify',
      'A sniffer on the push port shows it: the FortiGate answers the SYN of the phone once `ftm` is set.',
    ],
    [
      'own-change',
      '`set allowaccess` on the interface replaces the whole list, so a change there can drop `ftm`.',
    ],
    [
      'prevent',
      '`append allowaccess` and `unselect allowaccess` change one entry of the list and leave `ftm` where it is.',
    ],
  ],
  descriptions: [
    {
      all: ['ftmMissing / wan only otherAccess !ftm', APPROVE_VOID],
      or: [['ftmMissing', 'approve', 'request shows !not']],
      also: ['ftmMissing', 'request shows !not'],
      not: ['ftm innerInterface !not'],
      title: TITLE,
      fix: FIX,
    },
    {
      all: ['accessList otherAccess', 'request shows !not', APPROVE_VOID],
      or: [['accessList otherAccess', APPROVE_VOID]],
      not: ['ftm'],
      title: TITLE,
      fix: FIX,
    },
  ],
  needs: ['pushService', 'interfaces'],
  wants: ['liveAddresses', 'vips', 'hostLookups', 'callbackPackets', 'flowEvents', 'sslVpn'],
  references: ['KB277343', 'AG183204', 'KB399772'],
  refutedByPassing: 'callback',
  checkPartial: (facts, context) =>
    facts.pushService.state === 'known' ? undefined : shownByPacket(facts, context),
  check({ pushService, interfaces, liveAddresses, vips, hostLookups }, context) {
    const forwarded = judgeForwarding({ pushService, interfaces, vips });
    if (forwarded) return forwarded;
    const all = interfaces.value;
    const target = callbackInterface(
      pushService.value,
      all,
      valueIfKnown(liveAddresses),
      valueIfKnown(hostLookups),
    );
    const endpoint = callbackEndpoint(pushService.value);
    if (target.kind === 'exact') {
      return acceptsFtm(target.accessList)
        ? judgeAccepted(target.accessList)
        : judgeRefused(
            target.accessList,
            target.resolved.length > 0 ? 'likely' : 'certain',
            endpoint,
            target.because,
            context,
            target.resolved,
          );
    }
    const open = target.interfaces.flatMap(readAccessLists).find(acceptsFtm);
    if (open) return judgeAccepted(open);
    const elsewhere = all
      .filter((each) => !each.down)
      .flatMap(readAccessLists)
      .find(acceptsFtm);
    if (elsewhere) {
      return notApplicable(
        `${elsewhere.on.name} allows \`ftm\`; ftm-access-wrong-interface checks whether the phone arrives there`,
      );
    }
    const complete = all.length > 0 && all.every((each) => !each.partial);
    const [only, another] = target.interfaces;
    // One interface alone shows no other way in; only who knows the address of the phone's call picks it.
    const isPicked = only?.address === undefined && isIpAddress(callbackAddress(pushService.value) ?? '');
    if (only && !another && (complete || all.length > 1 || isPicked)) {
      const others = all.some((each) => each !== only && isWan(each));
      const because = ` (${only.name} is the only WAN interface${others ? ' that is up' : ''})`;
      const [accessList] = readAccessLists(only);
      // A name may lead to another place than this interface.
      const isSure = complete && isIpAddress(callbackAddress(pushService.value) ?? '');
      if (accessList)
        return judgeRefused(accessList, isSure ? 'certain' : 'likely', endpoint, because, context);
    }
    if (complete) return refusedEverywhere(target.interfaces, all, endpoint, context);
    return undecided({
      reason:
        'no interface in the evidence allows `ftm`, and the evidence does not show which interface the phone reaches',
      need: 'every interface with its role and address',
      commands: ['interfaces'],
    });
  },
});

/** Without the settings of push: a packet to its usual port came in on an interface that does not allow it, and ended there. */
function shownByPacket(
  facts: Pick<Facts, 'interfaces' | 'liveAddresses' | 'callbackPackets' | 'flowEvents' | 'sslVpn'>,
  context: RuleContext,
): Judgement | undefined {
  const isVpn = valueIfKnown(facts.sslVpn)?.some(({ port }) => port.value === DEFAULT_PORT);
  if (facts.interfaces.state !== 'known' || isVpn) return undefined;
  const live = valueIfKnown(facts.liveAddresses);
  for (const { to, interface: name, quotes } of unansweredSyns(facts, DEFAULT_PORT)) {
    const on = facts.interfaces.value.find((each) => each.name === name);
    const [accessList] = on && listAddresses(on, live).includes(to.address) ? readAccessLists(on) : [];
    if (accessList?.allowaccess.explicit && !acceptsFtm(accessList)) {
      return judgeRefused(accessList, 'likely', `${to.address}:${DEFAULT_PORT}`, '', context, quotes);
    }
  }
  return undefined;
}

function judgeAccepted({ on, allowaccess }: AccessList): Judgement {
  return healthy(`${on.name} accepts \`ftm\``, allowaccess.quotes);
}

function judgeRefused(
  accessList: AccessList,
  confidence: Confidence,
  endpoint: string,
  because: string,
  context: RuleContext,
  resolved: readonly Quote[] = [],
): Judgement {
  const { on, allowaccess } = accessList;
  const list =
    accessList.secondary === undefined
      ? 'Its `allowaccess` list'
      : 'The `allowaccess` list of that second address';
  return broken(confidence, {
    title: `${on.name} drops the phone’s answer: \`ftm\` is not in its allowaccess`,
    summary: `After Approve the phone connects to ${endpoint}, which is ${on.name}${because}. ${list} ${
      allowaccess.value.length > 0 ? `is \`${allowaccess.value.join(' ')}\`` : 'is empty'
    }, without \`ftm\`, so FortiOS drops the connection and the login times out.`,
    evidence: [...allowaccess.quotes, ...resolved],
    fix: allowFtm(accessList, context),
    explains: ['callback-not-accepted'],
  });
}

/** The phone is refused on every interface that it may reach. */
function refusedEverywhere(
  wans: readonly Interface[],
  all: readonly Interface[],
  endpoint: string,
  context: RuleContext,
): Judgement {
  const likely = wans.length > 0 ? wans : all;
  const edit = (line: string) => configEntry('system interface', '<wan-interface>', [line]);
  return broken('certain', {
    title: 'No interface has `ftm` in its allowaccess, so FortiOS drops the phone’s answer',
    summary: `After Approve the phone connects to ${endpoint}. None of the ${all.length} interfaces has \`ftm\` in its \`allowaccess\` list, so FortiOS drops the connection on every interface, and the login times out.${
      wans.length > 0 ? ` It probably arrives on ${wans.map((each) => each.name).join(' or ')}.` : ''
    }`,
    evidence: likely.slice(0, MAX_QUOTES).flatMap((each) => each.allowaccess.quotes),
    fix: globalFix(context, {
      apply: edit('append allowaccess ftm'),
      undo: edit('unselect allowaccess ftm'),
      verify: ['show system interface | grep -f ftm'],
      note: accessNote('<wan-interface>', `Use the interface where connections to ${endpoint} arrive.`),
    }),
    explains: ['callback-not-accepted'],
  });
}

/** Interfaces whose lines a finding quotes. */
const MAX_QUOTES = 4;
