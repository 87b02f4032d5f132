import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { isIpAddress, isIpv6Address, isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import {
  LONGER_TIMER,
  NAME_AS_ADDRESS,
  NEXT_LOGIN,
  OPENS_NOTHING,
  PUSH_ADDRESS,
  TYPED_CODE,
} from '../shared/answers.ts';
import { callbackInterface } from '../shared/callback-interface.ts';
import { phoneArrived } from '../shared/callback-packets.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { changeAddress, type PushAddress, pushAddress } from '../shared/push-address.ts';
import { unansweredLogins } from '../shared/unanswered-pushes.ts';
import { listAddresses, suggestAddress, wanInterfaces } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'push-address-private',
  title: 'The callback address is private',
  severity: 'critical',
  hop: 'callback',
  number: 13,
  forCustomer: 'phones are given an address that cannot be reached from the internet',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, which sends phones to a private address',
  answers: [
    [
      'enough',
      'Both are needed: the public address in `server`, and a forward of the push port to the FortiGate on the device in front.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    ['who', 'The cause stops every user with push whose phone is outside this network.'],
    [
      /\b(?:ISP|provider|carrier|Anbieter)\b/i,
      'The provider is needed if the line has no public address (carrier NAT): then ask for one.',
    ],
    PUSH_ADDRESS,
    NEXT_LOGIN,
    ['elsewhere', 'A phone inside the network gets to the private address; a phone on the internet cannot.'],
    [
      'choice',
      'The public address is needed in `server`, the one that a phone on mobile data reaches, not one of the LAN.',
    ],
    ['where', 'The address belongs in `server` of `config system ftm-push`, with VDOMs in `config global`.'],
    [
      'verify',
      'An approval with Wi-Fi off shows it: on mobile data the phone has to reach the address in `server`.',
    ],
    ['prevent', 'A public name in `server` that is kept up to date stays right when the line changes.'],
    [
      'own-change',
      'A new line or a device in front that translates addresses can leave a private address on the WAN.',
    ],
    OPENS_NOTHING,
    NAME_AS_ADDRESS,
  ],
  descriptions: [
    {
      all: ['pushSettings|serverField privateAddress', APPROVE_VOID],
      or: [
        ['pushSettings privateAddress', 'approve|request'],
        ['pushSettings|serverField privateAddress', 'approve', 'ownNetwork works'],
      ],
      also: ['ownNetwork works', 'mobileData'],
      not: ['pushSettings|serverField publicAddress !privateAddress', 'ftm innerInterface'],
      title: 'The callback address of push is a private one, which phones outside cannot reach',
      fix: 'Look at `server` in `get system ftm-push`: an address of 10.x, 172.16–31.x, 192.168.x or 100.64–127.x is reached only from inside. Type `config system ftm-push`, `set server <public address or name>`, `end`. Where the FortiGate itself has no public address, the device in front must forward TCP 4433 to it.',
      decided: {
        all: ['pushSettings|serverField privateAddress'],
        fix: describedFix(
          'system ftm-push',
          ['set server "<public-address>"'],
          ['set server "<private-address>"'],
          'Where the FortiGate itself has no public address, the device in front must forward TCP 4433 to it. A name that points to the public address fits as well.',
        ),
      },
    },
  ],
  needs: ['pushService'],
  wants: ['interfaces', 'liveAddresses', 'attempts', 'saidNetwork'],
  references: ['AG927108', 'KB277343'],
  check({ pushService, interfaces, liveAddresses, attempts, saidNetwork }, context) {
    const service = pushService.value;
    const address = pushAddress(service, context);
    if (!address) return notApplicable('no callback address is set');

    const arrived = unansweredLogins(attempts, context).length === 0 ? phoneArrived(attempts) : undefined;
    const report = (seen: string, where: string, evidence: readonly Quote[]): Judgement => {
      if (arrived) {
        return healthy(`${seen} is private, and the phone of this evidence reached it`, [
          ...evidence,
          arrived,
        ]);
      }
      const change = changeAddress(context, service, suggestAddress(interfaces, liveAddresses, saidNetwork));
      const all = valueIfKnown(interfaces);
      const said = valueIfKnown(saidNetwork);
      const port = service.serverPort.value;
      const forward = said?.forwards.find((each) => each.port === port && each.to === seen);
      const target = all && callbackInterface(service, all, valueIfKnown(liveAddresses));
      // With a public address the phone arrives on a different interface: then the inside interface does not matter.
      const inside = target?.kind === 'exact' && !wanInterfaces(all ?? []).includes(target.interface);
      return broken('likely', {
        title: `FTM push sends phones to ${seen}, a private address`,
        summary: `${where}. The push carries this address to the phone; ${seen} cannot be reached from the Internet, so Approve seems to do nothing and the login times out. Only phones inside the same network can answer.`,
        evidence: [...evidence, ...(said?.publicAddress?.quotes ?? (forward ? [forward.quote] : []))],
        fix: globalFix(context, {
          apply: configBlock('system ftm-push', change.apply),
          undo: configBlock('system ftm-push', change.undo),
          verify: ['show full-configuration system ftm-push'],
          note: `${
            forward
              ? `The device in front of the FortiGate keeps its forward of TCP ${port} to ${seen}.`
              : `If the FortiGate is behind another router or firewall, use the public address of that device, and forward TCP ${port} there to the FortiGate.`
          }${change.note === undefined ? '' : ` ${change.note}`}`,
        }),
        ...(inside
          ? {
              explains: [
                'ftm-access-wrong-interface',
                'wan-ftm-access-missing',
                'push-address-stale',
              ] as const,
            }
          : {}),
      });
    };

    if (address.field === 'interface') return judgeInterface(address, interfaces, liveAddresses, report);
    const { value, quotes } = address.setting;
    if (!isIpAddress(value)) {
      return notApplicable(`\`server\` is the name ${value}; push-fqdn-mismatch checks what it resolves to`);
    }
    if (isIpv6Address(value)) {
      return notApplicable(`\`${address.field}\` is an IPv6 address, which push-address-missing checks`);
    }
    return isPrivateAddress(value)
      ? report(value, `\`${address.field}\` is ${value}, a private address`, quotes)
      : healthy(`${value} is a public address`, quotes);
  },
});

/** From 7.6.4 the push may name an interface: the phone is told that interface's own address. */
function judgeInterface(
  { setting }: PushAddress,
  interfaces: Parameters<typeof suggestAddress>[0],
  liveAddresses: Parameters<typeof suggestAddress>[1],
  report: (seen: string, where: string, evidence: readonly Quote[]) => Judgement,
): Judgement {
  const on = valueIfKnown(interfaces)?.find((each) => each.name === setting.value);
  const addresses = on ? listAddresses(on, valueIfKnown(liveAddresses)) : [];
  const [first] = addresses;
  if (first === undefined && on?.mode === 'static' && on.address6 !== undefined) {
    return undecided({
      reason: `${setting.value} has an IPv6 address only (${on.address6}), and interfaces accept \`ftm\` over IPv4 only`,
      need: `an interface with an IPv4 address that phones reach`,
      commands: ['interfaces', 'interface-addresses'],
    });
  }
  if (first === undefined) {
    return undecided({
      reason: `the evidence does not show the address of ${setting.value}`,
      need: `the current address of ${setting.value}`,
      commands: ['interfaces', 'interface-addresses'],
    });
  }
  if (addresses.every(isPrivateAddress)) {
    return report(first, `\`interface\` is ${setting.value}, which has ${first}, a private address`, [
      ...setting.quotes,
      ...(on?.allowaccess.quotes ?? []),
    ]);
  }
  return healthy(`${setting.value} has a public address`, setting.quotes);
}
