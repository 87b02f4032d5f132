import type { SamlServer } from '../../facts/accounts/auth-server-values.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { type Sourced, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { NEXT_LOGIN } from '../shared/answers.ts';
import { profileSignsInElsewhere, readIkeSamlPort } from '../shared/client-profile.ts';
import { SAML_OVER_IPSEC } from '../shared/described-symptoms.ts';
import { configEntry, globalFix, quoteValue } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { listSamlServers } from '../shared/saml-logins.ts';
import { shownBy } from '../shared/vpn-logins.ts';
import { type FirstPacket, portsOfSslVpn, quotesOfPackets, unansweredSyns } from '../shared/vpn-port.ts';
import { isWan, listAddresses } from '../shared/wan-interfaces.ts';

/** Of `auth-ike-saml-port`. */
const DEFAULT_PORT = 1001;

/** First release with `ike-saml-server`. */
const SINCE = '7.2.0';

interface Listener {
  readonly tunnel: Phase1;
  readonly servers: readonly string[];
  readonly interface: Interface;
}

export const rule = defineRule({
  id: 'ike-saml-listener-missing',
  title: 'No interface serves the SAML sign-in of the IPsec tunnel',
  severity: 'critical',
  hop: 'connection',
  number: 153,
  forCustomer: 'the firewall does not answer where the single sign-on of this connection begins',
  disturbs: 'nobody',
  place: 'on the FortiGate, which does not serve the SAML sign-in where the clients look for it',
  stops: 'every client of this tunnel',
  answers: [
    ['choice', '`ike-saml-server` belongs on the interface on which the clients come in, mostly the WAN.'],
    [
      'enough',
      '`ike-saml-server` on the interface of the clients is needed, and the same port in `auth-ike-saml-port` and FortiClient.',
    ],
    [
      'change',
      'The FortiGate has to be changed: `ike-saml-server` on the interface, with the same port as in FortiClient.',
    ],
    ['clients', 'Clients with another single sign-on port have to be changed; the others stay as they are.'],
    ['which-port', 'FortiClient and `auth-ike-saml-port` of the FortiGate need the same port.'],
    [
      'side-effect',
      'The sign-in page becomes reachable on that interface; it only leads to the identity provider.',
    ],
    [
      'which-setting',
      '`ike-saml-server` on the interface and `auth-ike-saml-port` of `config system global` are needed.',
    ],
    ['where', '`ike-saml-server` is on the interface, `auth-ike-saml-port` in `config system global`.'],
    [
      'verify',
      'The sign-in page shows it: it has to open in a browser at the address and port of FortiClient.',
    ],
    NEXT_LOGIN,
    ['elsewhere', 'SAML of SSL VPN uses another port and setting than that of IPsec.'],
    [
      'own-change',
      'A new port or line of the VPN needs `ike-saml-server` on its interface, and the port in FortiClient.',
    ],
    ['prevent', 'A new line for the VPN needs `ike-saml-server` on its interface.'],
  ],
  descriptions: [
    {
      all: ['samlListener', 'saml|ipsec'],
      or: [
        ['ipsec saml', 'windowFails'],
        ['ipsec', 'saml', 'windowFails'],
      ],
      also: ['windowFails', 'samlListener', 'ipsec'],
      not: ['approval !not !saml', 'request phone', 'signedRelease', 'replyUrl differs'],
      releases: { of: 'FortiOS', since: ['7.2.0'] },
      confidence: 'likely',
      title: 'No interface serves the SAML sign-in of the IPsec tunnel',
      fix: 'Look at the interface that the clients come in on (`show system interface wan1`): it needs `set ike-saml-server` with the name of the SAML server. The port is `auth-ike-saml-port` under `config system global` (1001 unless it was changed) and must be the one in the client’s profile and open in front of the FortiGate.',
    },
  ],
  needs: ['phase1s', 'userGroups', 'samlServers', 'interfaces'],
  wants: [
    'attempts',
    'global',
    'shownSettings',
    'firewallPolicies',
    'sslVpn',
    'callbackPackets',
    'flowEvents',
    'clientProfile',
    'described',
  ],
  versions: '7.2.0 and later',
  references: ['AG951346', 'KB397683'],
  checkPartial(facts, context) {
    const begun = shownBy(valueIfKnown(facts.attempts) ?? [], 'saml-client-job');
    return begun
      ? healthy('a client began its SAML sign-in for IPsec', [begun.seen.quote], ['attempts'])
      : (unansweredSignIn(facts, context) ??
          profileSignsInElsewhere(facts) ??
          withoutTunnel(facts, context) ??
          withoutGroups(facts, context));
  },
  check({ phase1s, userGroups, samlServers, interfaces, global, firewallPolicies }, context) {
    const policies = valueIfKnown(firewallPolicies);
    if (context.version && !atLeast(context.version, SINCE)) {
      return notApplicable(`SAML for IPsec came with FortiOS ${SINCE}`);
    }
    const listeners = phase1s.value.flatMap((tunnel): readonly Listener[] => {
      const servers = listSamlServers(tunnel, userGroups.value, samlServers.value, policies);
      const own = interfaces.value.find(({ name }) => name === tunnel.interface.value);
      return tunnel.dialup && servers.length > 0 && own ? [{ tunnel, servers, interface: own }] : [];
    });
    if (listeners.length === 0) return notApplicable('no IPsec tunnel for users asks a SAML server');
    const missing = listeners.filter(({ interface: { samlServer } }) => !samlServer?.value);
    const [first] = missing;
    const sourcedPort = valueIfKnown(global)?.ikeSamlPort;
    const port = sourcedPort?.value;
    if (!first) {
      const names = new Set(listeners.flatMap((each) => each.interface.samlServer?.value ?? []));
      const other = samlServers.value.find(
        ({ name, replyUrl }) =>
          names.has(name) && port !== undefined && (parsePort(replyUrl.value) ?? port) !== port,
      );
      if (other && sourcedPort) return otherPort(other, sourcedPort);
      return healthy(
        `${nameList(listeners.map((each) => each.interface.name))} serves the SAML sign-in`,
        listeners.flatMap((each) => each.interface.samlServer?.quotes ?? []).slice(0, 3),
      );
    }
    const isElsewhere = interfaces.value.some(({ samlServer }) => samlServer?.value);
    const names = nameList(missing.map((each) => each.interface.name));
    const tunnels = nameList(missing.map(({ tunnel }) => tunnel.name));
    const [server, another] = first.servers;
    return broken(isElsewhere ? 'likely' : 'certain', {
      title: `${names} does not serve the SAML sign-in that clients of ${tunnels} need first`,
      summary: `The group of ${tunnels} holds the SAML server ${nameList(missing.flatMap(({ servers }) => servers))}. FortiClient begins that sign-in in a browser${port === undefined ? '' : ` on TCP ${port}`}, before IKE; ${names}, the tunnel’s interface, has no \`ike-saml-server\`, so nothing answers there. Its window stays empty or cannot reach the page.`,
      evidence: missing
        .flatMap((each) => [...(each.interface.samlServer?.quotes ?? []), ...each.tunnel.interface.quotes])
        .slice(0, 6),
      fix:
        server === undefined || another !== undefined || missing.length > 1
          ? 'Set `ike-saml-server` of each interface to the SAML server of its tunnel, in `config system interface`.'
          : serve(first.interface.name, server, port, context),
    });
  },
});

function serve(name: string, server: string, port: number | undefined, context: RuleContext): Fix {
  return globalFix(context, {
    apply: configEntry('system interface', name, [`set ike-saml-server ${quoteValue(server)}`]),
    undo: configEntry('system interface', name, ['unset ike-saml-server']),
    verify: [`show system interface ${quoteValue(name)} | grep ike-saml-server`],
    note: `Opens the sign-in page on ${name}${port === undefined ? '' : `, TCP ${port} (\`auth-ike-saml-port\`)`}; the single sign-on port of FortiClient must be the same. The certificate of that page is \`auth-cert\` in \`config user setting\` and must carry the gateway’s name.`,
  });
}

/** Port of `https://vpn.heron.example:1001/remote/saml/login`; without one that of HTTPS. */
function parsePort(url: string): number | undefined {
  const match = /^https:\/\/[^/:]+(?::(\d{1,5}))?\//.exec(url);
  return match ? Number(match[1] ?? 443) : undefined;
}

function otherPort({ name, replyUrl }: SamlServer, port: Sourced<number>): Judgement {
  const asked = parsePort(replyUrl.value);
  return broken('possible', {
    title: `The SAML sign-in of ${name} is on TCP ${asked}, and the FortiGate serves it on TCP ${port.value}`,
    summary: `\`single-sign-on-url\` of ${name} sends the browser to TCP ${asked}. The sign-in of IPsec tunnels is served on \`auth-ike-saml-port\`, TCP ${port.value}, so nothing answers there, unless a device in front maps the port.`,
    evidence: [...replyUrl.quotes, ...port.quotes],
    fix: `Use one port in four places: \`auth-ike-saml-port\` in \`config system global\`, the URLs of ${name} in \`config user saml\`, the identity provider, and the single sign-on port of FortiClient.`,
  });
}

/** A client knocks where the sign-in would be, on an interface that does not serve it. */
function unansweredSignIn(
  facts: Pick<
    Facts,
    | 'interfaces'
    | 'global'
    | 'sslVpn'
    | 'shownSettings'
    | 'callbackPackets'
    | 'flowEvents'
    | 'phase1s'
    | 'samlServers'
  >,
  context: RuleContext,
): Judgement | undefined {
  const setting = readIkeSamlPort(facts);
  const port = setting?.value ?? DEFAULT_PORT;
  if (portsOfSslVpn(facts).has(port)) return undefined;
  const own = valueIfKnown(facts.interfaces) ?? [];
  const isServed = own.some(({ samlServer }) => samlServer?.value);
  const reachedBy = ({ interface: name, to }: FirstPacket) =>
    own.find(
      (each) =>
        each.name === name && each.samlServer?.value === '' && listAddresses(each).includes(to.address),
    );
  const servers = valueIfKnown(facts.samlServers) ?? [];
  // Without the settings of the interface, a tunnel for users on it and a SAML server tell what the client looks for.
  const isOfTunnel = ({ interface: name }: FirstPacket) =>
    servers.length > 0 &&
    name !== undefined &&
    own.every((each) => each.name !== name) &&
    (valueIfKnown(facts.phase1s) ?? []).some((each) => each.dialup && each.interface.value === name);
  const syns = unansweredSyns(facts, port).filter((each) => reachedBy(each) ?? isOfTunnel(each));
  const [first] = syns;
  const reached = first && reachedBy(first);
  const name = reached?.name ?? first?.interface;
  if (!first || name === undefined) return undefined;
  const [server, another] = servers;
  const isOne = server !== undefined && another === undefined;
  if (!reached) {
    return broken('possible', {
      title: `${first.from.address} gets no answer on TCP ${port} of ${name}, where the SAML sign-in of IPsec begins`,
      summary: `FortiClient begins the SAML sign-in of an IPsec tunnel in a browser on TCP ${port} (\`auth-ike-saml-port\`), before IKE. Its packets arrive on ${name} and nothing answers, as where ${name} has no \`ike-saml-server\`; its settings are not in the evidence.`,
      evidence: quotesOfPackets(syns),
      fix: isOne
        ? withFirst(serve(name, server.name, port, context), name)
        : `See whether ${name} has \`ike-saml-server\`: \`show system interface ${name}\`. If not, set it to the SAML server of the tunnel (${nameList(servers.map((each) => each.name))}), in \`config system interface\`.`,
    });
  }
  return broken(isServed ? 'possible' : 'likely', {
    title: `${first.from.address} gets no answer on TCP ${port}: ${name} does not serve the SAML sign-in of IPsec`,
    summary: `FortiClient begins the SAML sign-in of an IPsec tunnel in a browser on TCP ${port} (\`auth-ike-saml-port\`), before IKE. Its packets arrive on ${name}, which has no \`ike-saml-server\`, so nothing answers, and the window stays empty or cannot reach the page.`,
    evidence: [
      ...quotesOfPackets(syns),
      ...(reached.samlServer?.quotes ?? []),
      ...(setting?.explicit ? setting.quotes : []),
    ],
    fix: isOne
      ? serve(name, server.name, port, context)
      : `Set \`ike-saml-server\` of ${name} to the SAML server of the tunnel, in \`config system interface\`. The single sign-on port of FortiClient must be ${port} too.`,
  });
}

/** What to look at before the lines are pasted. */
function withFirst(fix: Fix, name: string): Fix {
  return {
    ...fix,
    before: `First see that ${name} has no \`ike-saml-server\`: \`show system interface ${name}\`.`,
  };
}

/** The tunnel was not read, but the reply of a SAML server goes to the port on which the sign-in for IPsec is served. */
function withoutTunnel(
  facts: Pick<
    Facts,
    'phase1s' | 'samlServers' | 'interfaces' | 'global' | 'shownSettings' | 'sslVpn' | 'attempts'
  >,
  context: RuleContext,
): Judgement | undefined {
  const { phase1s, samlServers, interfaces, sslVpn, attempts } = facts;
  if (phase1s.state !== 'unknown' || phase1s.failed || (valueIfKnown(attempts) ?? []).length > 0)
    return undefined;
  const setting = readIkeSamlPort(facts);
  const port = setting?.value ?? DEFAULT_PORT;
  const isOfSsl = valueIfKnown(sslVpn)?.some((vpn) => vpn.port.value === port);
  const server = valueIfKnown(samlServers)?.find(({ replyUrl }) => parsePort(replyUrl.value) === port);
  const own = valueIfKnown(interfaces) ?? [];
  if (!server || isOfSsl || own.length === 0 || own.some(({ samlServer }) => samlServer?.value))
    return undefined;
  const [only, another] = own;
  // Of several interfaces the one that clients reach is not known.
  const reached = only && !another && isWan(only) ? only : undefined;
  return broken(own.some(({ partial }) => partial) && !reached ? 'possible' : 'likely', {
    title: reached
      ? `${reached.name} does not serve the SAML sign-in of ${server.name} on TCP ${port}`
      : `No interface that was read serves the SAML sign-in of ${server.name} on TCP ${port}`,
    summary: `The identity provider sends the browser back to TCP ${port}, where FortiOS serves the SAML sign-in of IPsec tunnels on interfaces with \`ike-saml-server\`. None has it, so nothing answers there, and the window of FortiClient stays empty or cannot reach the page.`,
    evidence: [
      ...server.replyUrl.quotes,
      ...(setting?.explicit ? setting.quotes : []),
      ...own.flatMap(({ samlServer }) => samlServer?.quotes ?? []).slice(0, 4),
    ],
    fix: reached
      ? serve(reached.name, server.name, port, context)
      : `Set \`ike-saml-server\` to ${server.name} on the interface that clients reach, in \`config system interface\`. The single sign-on port of FortiClient must be ${port} too.`,
  });
}

/** The groups were not read, but a person says that users of the tunnel sign in by SAML. */
function withoutGroups(
  facts: Pick<
    Facts,
    'phase1s' | 'userGroups' | 'interfaces' | 'global' | 'shownSettings' | 'attempts' | 'described'
  >,
  { version }: RuleContext,
): Judgement | undefined {
  const { phase1s, userGroups, interfaces, attempts, described } = facts;
  const said = statedQuote(SAML_OVER_IPSEC, described);
  const isRead = userGroups.state !== 'unknown' || userGroups.failed;
  if (!said || isRead || (version && !atLeast(version, SINCE)) || (valueIfKnown(attempts) ?? []).length > 0)
    return undefined;
  const own = valueIfKnown(interfaces) ?? [];
  const tunnels = (valueIfKnown(phase1s) ?? []).filter(
    ({ dialup, ikeVersion, eap }) => dialup && ikeVersion.value === 2 && eap.value,
  );
  const [first, another] = tunnels;
  const reached = own.find(({ name }) => name === first?.interface.value);
  if (!first || another || !reached || reached.samlServer?.value !== '') return undefined;
  const port = readIkeSamlPort(facts);
  return broken('likely', {
    title: `${reached.name} does not serve the SAML sign-in that clients of ${first.name} need first`,
    summary: `Users of ${first.name} are said to sign in by SAML. FortiClient begins that in a browser on TCP ${port?.value ?? DEFAULT_PORT} (\`auth-ike-saml-port\`), before IKE; ${reached.name}, the tunnel’s interface, has no \`ike-saml-server\`, so nothing answers there, and the identity provider is never asked.`,
    evidence: [
      said,
      ...reached.samlServer.quotes,
      ...first.interface.quotes,
      ...(port?.explicit ? port.quotes : []),
    ].slice(0, 6),
    fix: `Set \`ike-saml-server\` of ${reached.name} to the SAML server of the tunnel’s group, in \`config system interface\`. The single sign-on port of FortiClient must be ${port?.value ?? DEFAULT_PORT} too.`,
  });
}
