import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isIpAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Confidence, Judgement, RuleContext } from '../rule.ts';
import {
  LIMIT_SOURCES,
  LONGER_TIMER,
  NEXT_LOGIN,
  OPENS_PUSH_PORT,
  SET_ALLOWACCESS,
} from '../shared/answers.ts';
import {
  type AccessList,
  acceptsFtm,
  allowFtm,
  callbackAddress,
  callbackEndpoint,
  callbackInterface,
  readAccessLists,
} from '../shared/callback-interface.ts';
import { judgeForwarding } from '../shared/conflicting-vips.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { holdsPublicAddress } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'ftm-access-wrong-interface',
  title: '`ftm` is allowed on another interface than the one the phone reaches',
  severity: 'critical',
  hop: 'callback',
  number: 24,
  forCustomer: 'answers of phones are accepted on a different line than they arrive on',
  disturbs: 'nobody',
  place: 'on the FortiGate, which accepts `ftm` on another interface',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    SET_ALLOWACCESS,
    LIMIT_SOURCES,
    OPENS_PUSH_PORT,
    NEXT_LOGIN,
    [['where', 'choice'], '`ftm` belongs on the interface that phones reach by the address in `server`.'],
    [
      'verify',
      '`show system interface` shows it: the interface with the address in `server` has `ftm` in `allowaccess`.',
    ],
    [
      'elsewhere',
      'Phones that reach the interface with `ftm` get through; by the address in `server` they come in on another.',
    ],
    ['prevent', '`ftm` has to move along whenever the address in `server` moves to another interface.'],
  ],
  descriptions: [
    {
      all: ['ftm wanOne', 'wanTwo serverField|publicAddress|pushSettings', APPROVE_VOID],
      or: [
        ['ftm wanTwo', 'wanOne user|client|all|shows|arrives', APPROVE_VOID],
        ['ftm wanOne', 'wanTwo user|client|all|shows|arrives', APPROVE_VOID],
        ['ftm wanTwo', 'wanOne serverField|publicAddress|pushSettings', APPROVE_VOID],
        ['ftm innerInterface|wrongInterface', APPROVE_VOID],
      ],
      also: ['ftm not|only'],
      title: '`ftm` is allowed on another interface than the one that phones reach',
      fix: 'Look in `get system ftm-push` which address `server` has, and with `show system interface` which interface owns it. That interface needs `ftm`: `config system interface`, `edit <it>`, `append allowaccess ftm`, `next`, `end`. Take `ftm` away where it is not needed.',
    },
  ],
  needs: ['pushService', 'interfaces'],
  wants: ['liveAddresses', 'vips', 'hostLookups'],
  references: ['KB277343', 'AG183204'],
  refutedByPassing: 'callback',
  check({ pushService, interfaces, liveAddresses, vips, hostLookups }, context) {
    const forwarded = judgeForwarding({ pushService, interfaces, vips });
    if (forwarded) return forwarded;
    const live = valueIfKnown(liveAddresses);
    const target = callbackInterface(pushService.value, interfaces.value, live, valueIfKnown(hostLookups));
    const endpoint = callbackEndpoint(pushService.value);
    const open = interfaces.value.filter((each) => !each.down && readAccessLists(each).some(acceptsFtm));
    if (open.length === 0) return notApplicable('no interface accepts `ftm` at all (wan-ftm-access-missing)');
    if (target.kind === 'exact') {
      return acceptsFtm(target.accessList)
        ? judgeAccepted(target.accessList)
        : judgeMisplaced(
            target.accessList,
            open,
            target.resolved.length > 0 ? 'likely' : 'certain',
            `${endpoint}, which is ${target.interface.name}${target.because}`,
            context,
            target.resolved,
          );
    }
    const reached = target.interfaces.flatMap(readAccessLists).find(acceptsFtm);
    if (reached) return judgeAccepted(reached);
    const [wan, another] = target.interfaces;
    const inside = open.every((each) => isInside(each) && !holdsPublicAddress(each, live));
    const [accessList] = wan && !another ? readAccessLists(wan) : [];
    if (wan && accessList && inside) {
      return judgeMisplaced(
        accessList,
        open,
        'likely',
        `${endpoint}, and ${wan.name} is the only WAN interface`,
        context,
      );
    }
    const server = callbackAddress(pushService.value) ?? '';
    const isName = server !== '' && !isIpAddress(server);
    return undecided({
      reason: `${names(open)} accepts \`ftm\`, and the evidence does not show whether the phone arrives there${isName ? `: \`execute ping ${server}\` shows where the name leads` : ''}`,
      need: `which interface receives connections to ${endpoint}`,
      commands: ['interfaces', 'interface-addresses'],
    });
  },
});

function isInside(on: Interface): boolean {
  return on.role === 'lan' || on.role === 'dmz' || /^(?:internal|lan|dmz)\d*$/i.test(on.name);
}

function judgeAccepted({ on, allowaccess }: AccessList): Judgement {
  return healthy(`${on.name}, where the phone arrives, accepts \`ftm\``, allowaccess.quotes);
}

function judgeMisplaced(
  accessList: AccessList,
  open: readonly Interface[],
  confidence: Confidence,
  where: string,
  context: RuleContext,
  resolved: readonly Quote[] = [],
): Judgement {
  const wan = accessList.on;
  const elsewhere = open.filter((each) => each !== wan);
  // If the first address allows it and the second does not, both are on the same interface.
  const others =
    elsewhere.length > 0
      ? names(elsewhere)
      : `${accessList.secondary === undefined ? 'a secondary' : 'another'} address of ${wan.name}`;
  return broken(confidence, {
    title: `The phone’s answer arrives on ${wan.name}, but \`ftm\` is allowed only on ${others}`,
    summary: `After Approve the phone connects to ${where}. \`ftm\` is in the \`allowaccess\` list of ${others}, but not in that of ${accessList.secondary === undefined ? wan.name : 'this second address'}, so FortiOS drops the connection and the login times out.`,
    evidence: [
      ...accessList.allowaccess.quotes,
      ...open
        .flatMap(readAccessLists)
        .filter(acceptsFtm)
        .flatMap((each) => each.allowaccess.quotes),
      ...resolved,
    ],
    fix: allowFtm(
      accessList,
      context,
      `\`ftm\` on ${others} may stay; it is needed only where phones arrive.`,
    ),
    explains: ['wan-ftm-access-missing', 'callback-not-accepted'],
  });
}

function names(interfaces: readonly Interface[]): string {
  return interfaces.map((each) => each.name).join(', ');
}
