import { statedQuote } from '../../facts/described/described.ts';
import { type Sourced, valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isPrivateAddress, parseIpv4, UNSET_IPV4 } from '../../fortios/address.ts';
import { contains, parseIpv4Range } from '../../fortios/ipv4-ranges.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, judgeWithoutFact, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING, PUSH_ADDRESS, TYPED_CODE } from '../shared/answers.ts';
import { DEVICE_IN_FRONT, READDRESSED } from '../shared/changes.ts';
import { APPROVE_VOID, LINE_CHANGED } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix, quoteValue } from '../shared/fix.ts';
import { protocolName, pushAddress } from '../shared/push-address.ts';
import { holdsPublicAddress, wanInterfaces } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'push-address-stale',
  title: 'The push address is an old address of the WAN',
  severity: 'critical',
  hop: 'callback',
  number: 14,
  forCustomer: 'phones are given an address that is no longer in use',
  disturbs: 'nobody: only push',
  afterChange: [
    [READDRESSED, 'phones still get the address from before.'],
    [DEVICE_IN_FRONT, 'phones still get the address from before.'],
  ],
  place: 'on the FortiGate, which sends phones to an old address',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\b(?:static|fixed|feste)\b/i,
      'A fixed address is not needed: a dynamic DNS name in `server` follows the address, and from 7.6.4 on `interface` does.',
    ],
    [
      /\b(?:by itself|automatic\w*|on its own|von selbst|automatisch|change again)\b/i,
      'A dynamic DNS name in `server` follows the address by itself, and from 7.6.4 on `interface` does.',
    ],
    [
      /\b(?:enough|reicht|genügt|suffi\w{2,4})\b/i,
      'The new address in `server` is enough; each push tells the phone the address.',
    ],
    ['update', 'Phones answer to the address in `server`, which worked until the line got another one.'],
    PUSH_ADDRESS,
    NEXT_LOGIN,
    [
      'prevent',
      'A dynamic DNS name in `server` follows the address by itself, and from 7.6.4 on `interface` does.',
    ],
    ['where', 'The address belongs in `server` of `config system ftm-push`, with VDOMs in `config global`.'],
    ['verify', 'The public address of the line and `server` in `show system ftm-push` have to be the same.'],
    ['own-change', 'The line got another address, while `server` still has the one before.'],
    [
      'elsewhere',
      'Phones keep what each push tells them: with the new address in `server` the next push works.',
    ],
    ['choice', '`server` needs the new public address of the line, or a name that follows it.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['newLine', 'pushSettings publicAddress|still|old', 'approve|request'],
      or: [
        ['pushSettings|serverField old|still', 'newLine|provider|wanAddress', 'approve|request'],
        ['pushSettings|serverField old|still publicAddress|wanAddress', APPROVE_VOID],
        ['newLine', 'serverField publicAddress|still|old', 'approve'],
      ],
      also: ['pushSettings|serverField still|old', 'request shows !not'],
      not: [
        'serverIp',
        'pushSettings changed !still',
        'serverField changed !still',
        'pushSettings|serverField hostName',
        'ftm wanTwo|wanOne not|only',
      ],
      title: 'Push still gives the phones the address that the FortiGate had before',
      fix: 'Compare `server` in `get system ftm-push` with the address that the WAN interface has today. If they differ, type `config system ftm-push`, `set server <the new address>`, `end`. A DDNS name, or from 7.6.4 `set interface <wan>` in place of `server`, follows the next change by itself.',
      decided: {
        all: ['pushSettings|serverField still|old', 'newLine'],
        fix: describedFix(
          'system ftm-push',
          ['set server "<new-address>"'],
          ['set server "<old-address>"'],
          'That is enough until the next change. To follow it by itself: a DDNS name in `server`, or from 7.6.4 on `unset server` and `set interface "<wan>"`.',
        ),
      },
    },
  ],
  needs: ['pushService'],
  wants: ['interfaces', 'liveAddresses', 'version', 'described'],
  references: ['KB277343', 'KB195578'],
  refutedByPassing: 'callback',
  undecidedIsNotHealthy: true,
  check({ pushService, interfaces, liveAddresses, version, described }, context) {
    const service = pushService.value;
    const { field, setting } = pushAddress(service, context) ?? {};
    const address = setting?.value;
    if (!setting || address === undefined || parseIpv4(address) === undefined) {
      return notApplicable('the push address is no fixed IPv4 address');
    }
    const live = valueIfKnown(liveAddresses);
    const held = heldNow(live).find(([, { value }]) => value === address);
    if (held) {
      return healthy(`${held[0]} has the address ${address}`, held[1].quotes);
    }
    const all = valueIfKnown(interfaces);
    const configured = all && configuredHolder(all, address);
    if (configured) {
      const { name, quotes } = configured;
      return healthy(`${name} has the address ${address}`, quotes);
    }
    const dynamic = all ? all.filter((each) => each.mode !== 'static') : findDynamic(live, address);
    const addressNow = (on: Named) => live && (live.get(on.name) ?? ofItsLink(on, dynamic, live));
    const current = dynamic.find((each) => {
      const held = addressNow(each)?.value;
      return held !== undefined && !isPrivateAddress(held);
    });
    // A fixed address changes where the line does, of which only a person tells.
    const said = statedQuote(LINE_CHANGED, described, 'saml');
    const fixed = current === undefined && said ? onlyPublic(all ?? [], live, address) : undefined;
    const moved = current ?? fixed?.on;
    const now = fixed?.now ?? (moved && addressNow(moved));
    if (!moved || !now) {
      return interfaces.state === 'known'
        ? leaveOpen(address, interfaces.value, live)
        : judgeWithoutFact('interfaces', interfaces);
    }
    const known = valueIfKnown(version);
    const byInterface = known !== undefined && atLeast(known, '7.6.4');
    const onlyAddress = field === 'server-ip';
    const dropOld = field === 'server' && service.serverIp?.value ? ['unset server-ip'] : [];
    const lines = byInterface
      ? ['unset server', `set interface ${quoteValue(moved.name)}`]
      : onlyAddress
        ? [`set server-ip ${now.value}`]
        : [`set server ${quoteValue(now.value)}`];
    const back = byInterface
      ? ['unset interface', `set server ${quoteValue(address)}`]
      : [onlyAddress ? `set server-ip ${address}` : `set server ${quoteValue(address)}`];
    // Not every output lists VLANs and second addresses.
    return broken(all || fixed ? 'likely' : 'possible', {
      title: `FTM push sends phones to ${address}, and ${moved.name} has ${now.value}`,
      summary: `The push address is ${address}. ${fixed ? 'The line was changed. ' : ''}${moved.name} ${fixed || moved.mode === undefined ? 'is the only interface with a public address' : `gets its address by ${protocolName(moved.mode)}`} and now has ${now.value}; no interface in the evidence has the old address. Pushes go out, but no answer reaches the FortiGate.`,
      evidence: [...setting.quotes, ...now.quotes, ...(fixed && said ? [said] : [])],
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', [...dropOld, ...lines]),
        undo: configBlock('system ftm-push', back),
        verify: ['show full-configuration system ftm-push'],
        note: byInterface
          ? 'With `interface`, FTM push always uses the current address of the interface.'
          : onlyAddress
            ? 'This works until the address changes again. FortiOS accepts a name here from 6.4.10 and 7.0 on, and the interface itself from 7.6.4.'
            : fixed
              ? 'Right if phones reach the FortiGate at this address. A name that points to it outlasts the next change; FortiOS accepts one here from 6.4.10 and 7.0 on.'
              : `The provider may give ${moved.name} another address again; a dynamic DNS name follows it. FortiOS accepts a name here from 6.4.10 and 7.0 on, and the interface itself from 7.6.4.`,
      }),
    });
  },
});

type Named = Pick<Interface, 'name'> & { readonly mode: Interface['mode'] | undefined };

/**
 * The one interface with a public address, of another network than the old one, which may be a second address of its
 * network.
 */
function onlyPublic(
  all: readonly Interface[],
  live: FactValues['liveAddresses'] | undefined,
  old: string,
): { readonly on: Named; readonly now: Sourced<string> } | undefined {
  const configured = all.flatMap(({ name, address, down }) =>
    address && !down && !live?.has(name) ? [[name, address] as const] : [],
  );
  const open = [...heldNow(live), ...configured].filter(([, { value }]) => isPublic(value));
  const [first, another] = open;
  if (!first || another) return undefined;
  const [name, now] = first;
  const network = (address: string) => address.split('.').slice(0, 3).join('.');
  return network(now.value) === network(old) ? undefined : { on: { name, mode: 'static' }, now };
}

/**
 * The interface that gets the only public address, of an output that lists all. Beside a static public address, or in
 * the network of one whose mode is not shown, the push address may be another one of that network.
 */
function findDynamic(live: FactValues['liveAddresses'] | undefined, address: string): readonly Named[] {
  const [first, another] = heldNow(live).filter(([, { value }]) => isPublic(value));
  if (!first || another) return [];
  const [name, { network }] = first;
  const mode = live?.get(name)?.mode;
  const range = network === undefined ? undefined : parseIpv4Range(network);
  const isElsewhere = range !== undefined && !contains([range], parseIpv4(address) ?? 0);
  return (mode ?? 'static') === 'static' && (mode === 'static' || !isElsewhere) ? [] : [{ name, mode }];
}

/** Every address that the device has now, with its interface. */
function heldNow(live: FactValues['liveAddresses'] | undefined) {
  return [...(live ?? [])].flatMap(([name, first]) =>
    [first, ...first.further].map((held) => [name, held] as const),
  );
}

function isPublic(address: string): boolean {
  return address !== UNSET_IPV4 && !isPrivateAddress(address);
}

/** The interface with this address in the configuration, with its line. */
function configuredHolder(interfaces: readonly Interface[], address: string) {
  for (const { name, address: own, secondaryAccess } of interfaces) {
    if (own?.value === address) return { name, quotes: own.quotes };
    const second = secondaryAccess.find((each) => each.address === address);
    if (second) return { name, quotes: second.quotes };
  }
  return undefined;
}

/** No known interface has the address. */
function leaveOpen(
  address: string,
  interfaces: readonly Interface[],
  live: FactValues['liveAddresses'] | undefined,
): Judgement {
  // Only an output that lists all interfaces gives a mode or a network.
  const isOfAll = [...(live?.values() ?? [])].some(({ mode, network }) => mode ?? network);
  const [assigned] = [...wanInterfaces(interfaces), ...interfaces].filter(
    (each) => each.mode !== 'static' && !each.down && !live?.has(each.name),
  );
  if (!isOfAll && (assigned || (live === undefined && interfaces.some((each) => each.partial)))) {
    return undecided({
      reason: assigned
        ? `${assigned.name} gets its address by ${protocolName(assigned.mode)}, and the evidence does not show whether it still has ${address}`
        : `the evidence does not show which interface has the address ${address}`,
      need: 'the current addresses of the interfaces',
      commands: ['interface-addresses'],
    });
  }
  // If a router in front has the public address, nothing on the FortiGate shows it, and most such setups are correct.
  const isBehindRouter = !interfaces.some((each) => holdsPublicAddress(each, live));
  return undecided({
    reason: `no interface has the address ${address}; it may be the address of a router in front of the FortiGate`,
    need: 'the current public address of the router in front of the FortiGate',
    commands: [],
    allowsHealthyCase: isBehindRouter ? true : undefined,
  });
}

/**
 * `diagnose ip address list` names the PPPoE link (`ppp1`), not the interface below it; if there is one of each, they
 * belong together.
 */
function ofItsLink(
  on: Named,
  dynamic: readonly Named[],
  live: FactValues['liveAddresses'],
): Sourced<string> | undefined {
  const links = [...live].filter(([name]) => /^ppp\d+$/.test(name));
  const [link] = links;
  const alone = links.length === 1 && dynamic.filter((each) => each.mode === 'pppoe').length === 1;
  return on.mode === 'pppoe' && alone ? link?.[1] : undefined;
}
