import { pickedEntries } from '../../facts/config/shown-settings.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { known, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { VirtualIp } from '../../facts/network/firewall-values.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { broken, defineRule, undecided } from '../define-rule.ts';
import type { Broken, Judgement } from '../rule.ts';
import { takesEveryPort, takesPort, vipsBefore } from '../shared/conflicting-vips.ts';
import { ADMIN_LOGIN, OTHER_ANSWERS } from '../shared/described-symptoms.ts';
import { quoteValue } from '../shared/fix.ts';
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
    // `what happens to the server behind it?`
    [
      [
        /(?<!\p{L})(?:what happens|what (?:breaks|stops)|was passiert|que se passe|qué pasa|cosa succede|o que acontece|wat gebeurt)(?!\p{L})/iu,
        'risk',
      ],
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
  checkPartial: (facts) => reachedElsewhere(facts) ?? takenByAdminPage(facts) ?? takenAsTold(facts),
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
      fix: limitText(vip ? `virtual IP ${vip.name}` : 'the virtual IP with this `mappedip`'),
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

/**
 * The port of SSL VPN and an address were picked out (`show vpn ssl settings | grep port`), not the interfaces on which it
 * listens: that another device answers there, a person tells.
 */
function takenAsTold(
  facts: Pick<Facts, 'sslVpn' | 'shownSettings' | 'described'> & Omit<PortFacts, 'sslVpn'>,
): Judgement | undefined {
  const shown = valueIfKnown(facts.shownSettings) ?? new Map();
  const port = shown.get('vpn ssl settings port');
  const said = statedQuote(OTHER_ANSWERS, facts.described);
  if (facts.sslVpn.state === 'known' || !port || !said) return undefined;
  const picked = [...pickedEntries(shown, 'system interface', 'ip')].map(
    ([name, { value, quotes }]): Interface => ({
      name,
      address: { value: value.split(/[ /]/)[0] ?? '', explicit: true, quotes },
      secondary: [],
      secondaryAccess: [],
      mode: 'static',
      partial: true,
      allowaccess: { value: [], explicit: false, quotes: [] },
    }),
  );
  const interfaces = facts.interfaces.state === 'known' ? facts.interfaces : known(picked, []);
  const reached = interfaces.value.filter(({ address }) => address !== undefined);
  const number = Number(port.value);
  const taking = vipsBefore(reached, { ...facts, interfaces })?.find(
    ({ takes }) => takes(number) === 'yes',
  )?.vip;
  if (!taking) return undefined;
  const held = reached.filter(({ address }) => address?.value === taking.externalAddress.value);
  return broken('certain', {
    ...describeTaking(taking, number, facts),
    evidence: [
      ...taking.externalAddress.quotes,
      ...taking.ports.quotes,
      ...port.quotes,
      ...held.flatMap(({ address }) => address?.quotes ?? []),
      said,
    ],
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
      ...describeTaking(taking, port, facts),
      evidence: [...taking.externalAddress.quotes, ...taking.ports.quotes, ...vpn.port.quotes],
    });
  }
  return undefined;
}

const HTTPS = 443;

/** What takes the port, and how its server keeps it at another address. */
function describeTaking(
  taking: VirtualIp,
  port: number,
  facts: Omit<PortFacts, 'sslVpn'>,
): Pick<Broken, 'title' | 'summary' | 'answers'> & { readonly fix: string } {
  const { name, mappedAddress, externalAddress } = taking;
  const all = takesEveryPort(taking);
  // The port of a server that has every port is not known, unless it is that of HTTPS.
  const free = all && port !== HTTPS ? undefined : freeAddress(taking, port, facts);
  const both = free
    ? `Both can live: ${name} moves to ${free}, where TCP ${port} is free; SSL VPN keeps ${externalAddress.value}.`
    : `Both can live on two addresses, or on one with two ports: SSL VPN on TCP ${port}, ${name} on another.`;
  // Of a virtual IP that has ports, the address alone changes.
  const ports = all
    ? ` \`set portforward enable\`, \`set extport ${port}\`, \`set mappedport ${port}\`,`
    : '';
  const rest = all
    ? `Its server then gets TCP ${port} only: other ports that it needs get entries of their own. `
    : '';
  const moved = `Give ${name} the address ${free}, where no virtual IP uses TCP ${port}: \`config firewall vip\`, \`edit ${quoteValue(name)}\`, \`set extip ${free}\`,${ports} \`end\`. ${rest}Point the name of the server to ${free} in DNS. The way back is \`set extip ${externalAddress.value}\`${all ? ' and `set portforward disable`' : ''}.`;
  return {
    title: `Virtual IP ${name} forwards TCP ${port}, the port of SSL VPN`,
    summary: `Virtual IP ${name} forwards ${all ? 'every port' : `TCP ${taking.ports.range ?? port}`} of ${externalAddress.value}, an address on which SSL VPN listens, to ${mappedAddress}: a virtual IP comes before the FortiGate’s own services. The VPN gets no connection, and clients stop at 10 %.`,
    fix: free ? moved : limitText(`virtual IP ${name}`),
    answers: [
      [
        /\b(?:both|and (?:the )?vpn|side by side|together|beides?|les deux|(?:los|las) dos|entramb[ie]|ambos|allebei)\b/i,
        both,
      ],
    ],
  };
}

/** Another public address that a virtual IP of the same interface uses, where the port is free. */
function freeAddress(
  { externalAddress, externalInterface }: VirtualIp,
  port: number,
  { vips, interfaces, customServices, serviceGroups }: Omit<PortFacts, 'sslVpn'>,
): string | undefined {
  const own = new Set((valueIfKnown(interfaces) ?? []).flatMap((each) => listAddresses(each)));
  const others = (valueIfKnown(vips) ?? []).filter(
    (vip) =>
      vip.externalInterface === externalInterface &&
      vip.externalAddress.value !== externalAddress.value &&
      parseIpv4(vip.externalAddress.value) !== undefined &&
      !own.has(vip.externalAddress.value),
  );
  const services = { custom: valueIfKnown(customServices) ?? [], groups: valueIfKnown(serviceGroups) ?? [] };
  const taken = new Set(
    others.filter((vip) => takesPort(vip, port, services) !== 'no').map((vip) => vip.externalAddress.value),
  );
  return others.map((vip) => vip.externalAddress.value).find((address) => !taken.has(address));
}

function limitText(vip: string): string {
  return `Limit ${vip} to the ports that its server needs (\`portforward\`, \`extport\`), or give it another public address. Another port for SSL VPN helps only if the virtual IP does not forward it, and every client needs the new one.`;
}
