import type { Quote } from '../../evidence/types.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { contains, countAddresses, type Ipv4Range, parseIpv4Range } from '../../fortios/ipv4-ranges.ts';
import { broken, defineRule } from '../define-rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { findPhase1, gotFurther, tunnelNames } from '../shared/ike-logins.ts';
import { judgePools, type Pool, WHEN_READ, widenPool } from '../shared/pool-use.ts';
import { countOfLogins, failedWith, listQuotes } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-pool-exhausted',
  title: 'The tunnel has no address for the client',
  severity: 'high',
  hop: 'tunnel',
  number: 152,
  forCustomer: 'the firewall has no free address for another connection',
  disturbs: 'tunnels of this phase 1',
  place: 'on the FortiGate, which has no address left for another client',
  stops: 'every further client of this tunnel',
  answers: [
    [
      /\b(?:bigger|larger|stronger|größere?\w?|stärkere?\w?) (?:box|firewall|model|device|FortiGate|Gerät|Modell)/i,
      'A bigger model does not help: the address range is full, whatever the model.',
    ],
    [
      'buy',
      'A licence is not needed: the address range is full, and FortiOS needs no licence for each VPN user.',
    ],
    ['restart', 'A restart helps until the range is full again, and it ends every session.'],
    [
      'duration',
      'An address is free again when its tunnel ends; dead peer detection finds clients that are gone.',
    ],
    ['elsewhere', 'Users who were in before have an address; those who come later find none.'],
    ['prevent', 'The range needs more addresses than there are users at the busiest time.'],
    ['verify', '`diagnose vpn ike gateway list` shows the tunnels and the addresses in use.'],
    ['where', 'The range is in the phase 1: `ipv4-start-ip` and `ipv4-end-ip`, or `ipv4-name`.'],
    [
      'own-change',
      'More users at once than the range has addresses bring it up, with settings that did not change.',
    ],
    ['choice', 'Dead tunnels that are ended help at once; a larger range helps for good.'],
    OPENS_NOTHING,
  ],
  loginReasons: { 'ike-no-address': 'no address left in the pool' },
  descriptions: [
    {
      all: ['ipsec', 'pool', 'countedUsers'],
      or: [
        ['ipsec', 'pool', 'oneLeaves'],
        ['ipsec', 'pool missing|not'],
        ['ipsec', 'countedUsers', 'oneLeaves'],
      ],
      also: ['oneLeaves', 'countedUsers', 'lateStop', 'pool'],
      not: ['approval !not !saml', 'request phone', 'noPolicy'],
      title: 'The tunnel has no address to give to the client',
      fix: 'Look at phase 1 (`show vpn ipsec phase1-interface`): `mode-cfg` must be on, and the range from `ipv4-start-ip` to `ipv4-end-ip` must be as large as the number of clients. Enlarge it so that it does not overlap with other networks. An address of a client that left is free again after a while.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'ipsecTunnels', 'shownSettings'],
  references: ['AG4729'],
  checkPartial({ attempts, phase1s, ipsecTunnels }, context) {
    if (attempts.state === 'known') return undefined;
    return judgePools(rangesInUse(phase1s, ipsecTunnels), context, ['phase1s', 'ipsecTunnels']);
  },
  check({ attempts, phase1s, ipsecTunnels, shownSettings }, context) {
    const shown = failedWith(attempts.value, context, 'ike-no-address');
    const [first] = shown;
    if (!first) {
      return gotFurther(attempts.value, ['ike-address-given'], 'the client was given an address');
    }
    const logins = shown.map(({ login }) => login);
    const tunnel = tunnelNames(shown);
    const phase1 = findPhase1(first.login, phase1s);
    const range = phase1?.lastAddress.explicit
      ? phase1
      : pickedRange(first.login.trace.gateway, shownSettings);
    const fix = widenPool(
      range ? [{ path: PHASE1, name: range.name, value: range.lastAddress.value, vdom: range.vdom }] : [],
      context,
      `\`ipv4-end-ip\` of ${tunnel}`,
    );
    const quotes = range ? [...range.firstAddress.quotes, ...range.lastAddress.quotes] : [];
    const passed = `${countOfLogins(logins, attempts.value)} passed the password, and no address could be given.`;
    const addresses = range && parseIpv4Range(`${range.firstAddress.value}-${range.lastAddress.value}`);
    const size = addresses ? countAddresses([addresses]) : 0;
    const held = addresses ? findHeld(addresses, valueIfKnown(ipsecTunnels) ?? []) : [];
    if (range && size > 0 && held.length >= size) {
      return broken('certain', {
        title: `All ${size} addresses of ${tunnel} (${range.firstAddress.value} to ${range.lastAddress.value}) are in use`,
        summary: `${passed} ${size} clients hold the ${size} addresses of the range. The same line about IPv6 is harmless.`,
        evidence: [...listQuotes(shown), ...quotes, ...held.slice(0, 3)],
        fix,
      });
    }
    // The line is known for IPv6; that for IPv4 follows its form.
    return broken('likely', {
      title: `${tunnel} has no IPv4 address left for ${logins.length === 1 ? 'a client' : 'clients'}`,
      summary: `${passed} ${
        range
          ? `The range is ${range.firstAddress.value} to ${range.lastAddress.value}; addresses of sessions that ended are kept for \`ip-delay-interval\`.`
          : phase1 && !phase1.lastAddress.explicit
            ? `${tunnel} shows no range of addresses (\`ipv4-end-ip\`).`
            : 'Either the range is used up, or none is set.'
      } The same line about IPv6 is harmless.`,
      evidence: [...listQuotes(shown), ...quotes],
      fix,
    });
  },
});

const PHASE1 = 'vpn ipsec phase1-interface';

/** Lines of `show vpn ipsec phase1-interface ra-staff | grep ipv4`. */
function pickedRange(name: string | undefined, shown: Fact<FactValues['shownSettings']>) {
  const settings = valueIfKnown(shown);
  const firstAddress = settings?.get(`${PHASE1} ${name} ipv4-start-ip`);
  const lastAddress = settings?.get(`${PHASE1} ${name} ipv4-end-ip`);
  return name !== undefined && firstAddress && lastAddress
    ? { name, firstAddress, lastAddress, vdom: undefined }
    : undefined;
}

/** The lines of the clients that hold an address of the range, each address once. */
function findHeld(range: Ipv4Range, clients: FactValues['ipsecTunnels']): readonly Quote[] {
  const held = clients.flatMap(({ address, quote }) => {
    const at = address === undefined ? undefined : parseIpv4(address);
    return at !== undefined && contains([range], at) ? [[at, quote] as const] : [];
  });
  return [...new Map(held).values()];
}

/** Of dial-up tunnels: each client has a tunnel of its own, `ra-staff_0`, beside the tunnels between sites. */
function rangesInUse(
  phase1s: Fact<FactValues['phase1s']>,
  ipsecTunnels: Fact<FactValues['ipsecTunnels']>,
): readonly Pool[] {
  const all = valueIfKnown(phase1s) ?? [];
  if (ipsecTunnels.state !== 'known') return [];
  return all.flatMap(({ name, vdom, dialup, firstAddress, lastAddress }): Pool[] => {
    const range = parseIpv4Range(`${firstAddress.value}-${lastAddress.value}`);
    if (!dialup || !range || !lastAddress.explicit) return [];
    const own = ipsecTunnels.value.filter((each) => each.vdom === vdom);
    const isOnly = all.every((one) => !one.dialup || one.name === name);
    const clients = own.filter((each) =>
      each.count === undefined
        ? isTunnelClient(name, each.name) && !all.some((one) => one.name === each.name)
        : each.name === name || (each.name === '' && isOnly),
    );
    const held = findHeld(range, own);
    const counted = clients.reduce((sum, { count = 1 }) => sum + count, 0);
    return [
      {
        owner: name,
        name: `${firstAddress.value} to ${lastAddress.value}`,
        used: Math.max(counted, held.length),
        size: countAddresses([range]),
        ends: [{ path: PHASE1, name, value: lastAddress.value, vdom }],
        seenAt: WHEN_READ,
        evidence: [
          ...lastAddress.quotes,
          ...firstAddress.quotes,
          ...(clients.length > 0 ? clients.map(({ quote }) => quote) : held).slice(0, 3),
        ],
      },
    ];
  });
}

function isTunnelClient(tunnel: string, name: string): boolean {
  return name.startsWith(`${tunnel}_`) && /^\d{1,5}$/.test(name.slice(tunnel.length + 1));
}
