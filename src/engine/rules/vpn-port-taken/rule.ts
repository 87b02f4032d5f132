import { statedQuote } from '../../facts/described/described.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, undecided } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { takesEveryPort, vipsBefore } from '../shared/conflicting-vips.ts';
import { ADMIN_LOGIN } from '../shared/described-symptoms.ts';
import { oneSetting } from '../shared/one-setting.ts';
import { portsOfSslVpn, reachedElsewhere } from '../shared/vpn-port.ts';
import { listAddresses } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'vpn-port-taken',
  title: 'A virtual IP or the admin page takes the port of SSL VPN',
  severity: 'critical',
  hop: 'connection',
  number: 105,
  forCustomer: 'the firewall passes the connection on to another system',
  disturbs: 'unknown',
  stops: 'every user of SSL VPN',
  place: 'on the FortiGate, where a virtual IP or the admin page takes the port of SSL VPN',
  answers: [
    [
      'risk',
      'A virtual IP that forwards fewer ports cuts off what uses the others: the ports that its server needs should be known first.',
    ],
    ['who', 'Every client of SSL VPN at this address and port is concerned.'],
    [
      'choice',
      'Either can change: a virtual IP with fewer ports or another admin port leaves the clients as they are, another VPN port does not.',
    ],
    [
      'verify',
      'The page that answers on the port shows who has it: SSL VPN, the admin page or the server of the virtual IP.',
    ],
    [
      'own-change',
      'A virtual IP without port forwarding takes every port of its address, that of SSL VPN too.',
    ],
    [
      'where',
      'Virtual IPs are in `config firewall vip`, `admin-sport` in `config system global`, the VPN port in `config vpn ssl settings`.',
    ],
    ['prevent', 'Virtual IPs with port forwarding take only their own ports.'],
    [
      'elsewhere',
      'The virtual IP takes what comes to its address; the VPN on another address of the FortiGate is not concerned.',
    ],
  ],
  descriptions: [
    {
      all: ['adminLogin', 'adminPort', 'sslvpn|tenPercent|client'],
      or: [
        ['otherDevice', 'portal differs|otherDevice', 'port443|vip|forward'],
        ['adminLogin', 'adminPort'],
        ['browser adminLogin', 'tenPercent|sslvpn|client'],
        ['otherDevice', 'browser shows|arrives|otherDevice', 'sslvpn|tenPercent|client'],
        ['otherDevice forward', 'tenPercent|sslvpn'],
      ],
      also: ['tenPercent', 'adminPort', 'browser adminLogin|otherDevice'],
      not: ['approval !not !saml', 'request phone', 'listens'],
      title: 'Something else answers on the address and port of SSL VPN',
      fix: 'Open the address and port of the VPN in a browser: the page that appears shows what takes the connection. Compare the port in “VPN > SSL-VPN Settings” with “HTTPS port” under “System > Settings” (`admin-sport`) and with the virtual IPs under “Policy & Objects > Virtual IPs”. Give one of the two another port; that of the admin page is the easier one to change.',
    },
  ],
  needs: ['sslVpn'],
  wants: [
    'attempts',
    'flowEvents',
    'vips',
    'interfaces',
    'customServices',
    'serviceGroups',
    'zones',
    'global',
    'shownSettings',
    'described',
  ],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  checkPartial: (facts) => reachedElsewhere(facts) ?? takenByAdminPage(facts),
  check(facts) {
    const { sslVpn, flowEvents, vips } = facts;
    const ports = sslVpn.value.map(({ port }) => port.value);
    const taken = (valueIfKnown(flowEvents) ?? []).find(
      ({ to, dnat, protocol }) =>
        to?.port !== undefined && dnat !== undefined && ports.includes(to.port) && (protocol ?? 6) === 6,
    );
    if (!taken?.to || !taken.dnat) {
      return (
        fromSettings(facts) ??
        undecided({
          reason: 'the evidence does not show where a connection to SSL VPN goes',
          need: 'a debug flow of one connection to the port of SSL VPN',
          commands: [],
          allowsHealthyCase: true,
        })
      );
    }
    const { to, dnat } = taken;
    const vip = (valueIfKnown(vips) ?? []).find(
      (each) =>
        each.enabled && each.mappedAddress === dnat.address && each.externalAddress.value === to.address,
    );
    const name = vip ? `Virtual IP ${vip.name}` : 'A virtual IP';
    return broken('certain', {
      title: `${name} forwards TCP ${to.port}, the port of SSL VPN, to ${dnat.address}`,
      summary: `The client’s connection arrived and was sent on to ${dnat.address}: a virtual IP comes before the FortiGate’s own services. The VPN gets no connection, and clients stop at 10 %.`,
      evidence: [
        ...taken.quotes.toReversed(),
        ...(vip ? [...vip.externalAddress.quotes, ...vip.ports.quotes] : []),
      ],
      fix: limitFix(vip ? `virtual IP ${vip.name}` : 'the virtual IP with this `mappedip`'),
    });
  },
});

/** Both have one port, and it is the admin page that answers. Where SSL VPN has precedence, an equal port does no harm. */
function takenByAdminPage(
  facts: Pick<Facts, 'sslVpn' | 'shownSettings' | 'global' | 'described'>,
): Judgement | undefined {
  const shown = valueIfKnown(facts.shownSettings);
  const admin = oneSetting(
    facts.global,
    ({ adminSport }) => adminSport,
    facts.shownSettings,
    'system global admin-sport',
    Number,
  );
  const said = statedQuote(ADMIN_LOGIN, facts.described);
  const sport = valueIfKnown(admin);
  if (!said || !sport || !portsOfSslVpn(facts).has(sport.value)) return undefined;
  const port = [
    ...(valueIfKnown(facts.sslVpn) ?? []).flatMap((each) => each.port.quotes),
    ...(shown?.get('vpn ssl settings port')?.quotes ?? []),
  ];
  return broken('likely', {
    title: `The admin page and SSL VPN have one port, TCP ${sport.value}, and the admin page answers`,
    summary: `\`admin-sport\` is ${sport.value}, the port of SSL VPN, and who opens it gets the login page for administrators. FortiClient finds no VPN there and stops at 10 %.`,
    evidence: [...sport.quotes, ...port.slice(0, 2), said],
    fix: `Give the admin page another port (\`admin-sport\` in \`config system global\`) and open the admin page on the new port before you close this one; or take \`https\` out of \`allowaccess\` of the interface that clients reach. Another port for SSL VPN needs a change in every client.`,
  });
}

type PortFacts = Pick<Facts, 'vips' | 'interfaces' | 'customServices' | 'serviceGroups' | 'zones'> & {
  readonly sslVpn: { readonly value: readonly SslVpnSettings[] };
};

/** A virtual IP on the address of an interface on which SSL VPN listens. */
function fromSettings(facts: PortFacts): Judgement | undefined {
  const interfaces = valueIfKnown(facts.interfaces) ?? [];
  const own = new Set(interfaces.flatMap((each) => listAddresses(each)));
  for (const vpn of facts.sslVpn.value.filter(({ enabled }) => enabled.value)) {
    const port = vpn.port.value;
    const reached = interfaces.filter(({ name }) => vpn.interfaces.value.includes(name));
    const taking = vipsBefore(reached, facts)?.find(
      ({ vip, takes }) => takes(port) === 'yes' && !own.has(vip.mappedAddress),
    )?.vip;
    if (reached.length === 0 || !taking) continue;
    // That a virtual IP precedes SSL VPN is documented; that clients connect to this address is not shown.
    return broken('likely', {
      title: `Virtual IP ${taking.name} forwards TCP ${port}, the port of SSL VPN`,
      summary: `Virtual IP ${taking.name} forwards ${takesEveryPort(taking) ? 'every port' : `TCP ${taking.ports.range ?? port}`} of an address on which SSL VPN listens to ${taking.mappedAddress}: a virtual IP comes before the FortiGate’s own services. The VPN gets no connection, and clients stop at 10 %.`,
      evidence: [...taking.externalAddress.quotes, ...taking.ports.quotes, ...vpn.port.quotes],
      fix: limitFix(`virtual IP ${taking.name}`),
    });
  }
  return undefined;
}

function limitFix(vip: string): string {
  return `Limit ${vip} to the ports that its server needs (\`portforward\`, \`extport\`), or give it another public address. Another port for SSL VPN helps only if the virtual IP does not forward it, and every client needs the new one.`;
}
