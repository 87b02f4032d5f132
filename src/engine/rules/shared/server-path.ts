import type { Quote } from '../../evidence/types.ts';
import type { AskedServer } from '../../facts/accounts/auth-server-values.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, isComplete, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import type { ServerRoute } from '../../facts/network/routing-table.ts';
import { isPrivateAddress, parseIpv4, sameAddress } from '../../fortios/address.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken } from '../define-rule.ts';
import type { Broken, Confidence, Fix, LoginReasons, RuleAnswer, RuleContext } from '../rule.ts';
import { WHO_ACTS } from './answers.ts';
import { listExits } from './default-route.ts';
import { configEntry, quoteValue, vdomFix } from './fix.ts';
import { nameList } from './logins.ts';
import { noCliFix } from './no-cli-fix.ts';
import { SERVER_USE, serversInUse } from './upgrade.ts';
import { vpnAccess } from './vpn-access.ts';
import { listQuotes, REFUSAL_RULES, type ShownLogin } from './vpn-logins.ts';
import { holdsPublicAddress, listAddresses } from './wan-interfaces.ts';

/** Facts that show how requests to a server leave, and which servers a VPN asks, for the `wants` of a rule. */
export const SERVER_PATH = ['serverRoutes', 'interfaces', 'liveAddresses', ...SERVER_USE] as const;
type PathFacts = Pick<Facts, (typeof SERVER_PATH)[number]>;

/** Of a rule about servers that do not answer. */
export const UNREACHED_ANSWERS: readonly RuleAnswer[] = [
  [
    WHO_ACTS,
    'The network comes first: a sniffer on the FortiGate shows whether requests leave and answers come back; the team of the server checks that it runs and listens.',
  ],
  // `who should look first?`
  [
    /\b(?:first|zuerst|d['’]abord|primero|prima|primeiro|eerst)\b/i,
    'A sniffer on the FortiGate comes first: requests that leave without an answer point to the way or the server, none that leave to a route or `source-ip`.',
  ],
  [
    'change',
    'The FortiGate has to be changed if its route, source address or DNS keeps the requests from the server.',
  ],
  ['elsewhere', 'Local users do not need this server; each login that it checks does.'],
];

/** `loginReasons` of a rule about servers of one kind that do not answer. */
export function unreachedReasons(serverOf: (login: Attempt) => string): LoginReasons {
  return {
    'server-timeout': ({ fields: { server } }, login) => `no answer from ${server ?? serverOf(login)}`,
    'server-unanswered': (_seen, login) => `no answer from ${serverOf(login)}`,
    'server-unresolved': ({ fields }) => `no address found for ${fields.name}`,
  };
}

/** What keeps requests from reaching a server, as the settings and the route show. */
export interface BrokenPath {
  /** Continues the name of the server: `is asked from 192.0.2.7, which is no address of this FortiGate`. */
  readonly clause: string;
  readonly summary: string;
  readonly confidence: Confidence;
  /** Also where no login waited for the server in vain. */
  readonly isSureAlone: boolean;
  readonly evidence: readonly Quote[];
  readonly fix: Fix;
}

interface Path {
  readonly kind: 'ldap' | 'radius';
  readonly server: AskedServer;
  readonly route: ServerRoute | undefined;
  readonly interfaces: readonly Interface[];
  readonly context: RuleContext;
}

/** `undefined` where nothing that was read keeps requests from the server. */
function brokenPath(
  kind: Path['kind'],
  server: AskedServer,
  facts: PathFacts,
  context: RuleContext,
): BrokenPath | undefined {
  const { interfaces, liveAddresses } = facts;
  const all = isComplete(interfaces) ? interfaces.value : [];
  const path = { kind, server, route: routeTo(server, facts.serverRoutes), interfaces: all, context };
  return (
    withoutRoute(path) ??
    byOtherInterface(path) ??
    fromForeignAddress(path, valueIfKnown(liveAddresses)) ??
    toTheInternet(path, valueIfKnown(liveAddresses)) ??
    fromTunnelWithoutAddress(path)
  );
}

/** The servers of these names in the VDOM of the login, each with the address that the login asked. */
export function namedServers<T extends AskedServer>(
  servers: Fact<readonly T[]>,
  shown: readonly ShownLogin[],
): readonly T[] {
  return (valueIfKnown(servers) ?? []).flatMap((each) => {
    const { name, vdom, server } = each;
    const asked = shown.find(
      ({ seen, login }) =>
        seen.fields.server === name &&
        isOfAddress(server.value, seen.fields.address) &&
        sameVdom(vdom, login.vdom),
    );
    const { address } = asked?.seen.fields ?? {};
    if (asked === undefined) return [];
    return [
      {
        ...each,
        server: { ...server, value: address === undefined || address === '' ? server.value : address },
      },
    ];
  });
}

/** The debug names an address; an entry may have a name instead. */
function isOfAddress(server: string, asked = ''): boolean {
  return asked === '' || parseIpv4(server) === undefined || sameAddress(server, asked);
}

/** The first server of a VPN, of those that may check the user’s password, that no request can reach. */
export function unreachableServer<T extends AskedServer>(
  kind: Path['kind'],
  servers: Fact<readonly T[]>,
  facts: PathFacts,
  context: RuleContext,
): Broken | undefined {
  const [own] = context.user === undefined ? [] : (valueIfKnown(facts.localUsers) ?? []);
  if (own && own.remoteServer === undefined) return undefined;
  const used = vpnAccess(facts).complete ? serversInUse(valueIfKnown(servers) ?? [], facts) : [];
  for (const server of used) {
    if (own && own.remoteServer !== server.name) continue;
    const cause = brokenPath(kind, server, facts, context);
    if (!cause?.isSureAlone) continue;
    return {
      ...toFinding(kind, server, cause),
      summary: `${cause.summary} Users whose password ${server.name} checks cannot log in; local users can.`,
    };
  }
  return undefined;
}

/** What kept the requests of these logins from the server. `failed`: the logins, as the subject of a sentence. */
export function unreachedServer(
  kind: Path['kind'],
  asked: AskedServer | undefined,
  silent: readonly ShownLogin[],
  failed: string,
  [facts, context]: readonly [PathFacts, RuleContext],
): Broken | undefined {
  const cause = asked && brokenPath(kind, asked, facts, context);
  return (
    cause && {
      ...toFinding(kind, asked, cause),
      summary: `${failed} failed because the FortiGate asked ${asked.name} and got no answer. ${cause.summary}`,
      evidence: [...listQuotes(silent), ...cause.evidence],
      explains: REFUSAL_RULES,
    }
  );
}

function toFinding(kind: Path['kind'], { name }: AskedServer, { clause, ...report }: BrokenPath): Broken {
  const { confidence, summary, evidence, fix } = report;
  const title = `${NAMES[kind]} server ${name} ${clause}`;
  return broken(confidence, { title, summary, evidence, fix });
}

const NAMES = { ldap: 'LDAP', radius: 'RADIUS' } as const;

/** ` The route to 10.20.1.9 leaves through lan1.` */
export function routeSentence(server: AskedServer | undefined, { serverRoutes }: PathFacts): string {
  const route = server && routeTo(server, serverRoutes);
  return route === undefined || route.routes.length === 0
    ? ''
    : ` The route to ${route.address} (${route.prefix}) leaves through ${nameList(listExits(route))}.`;
}

/** `10.20.0.1`, which `source-ip` sets. */
export function getSource(server: AskedServer | undefined): string | undefined {
  return server?.sourceAddress.value || undefined;
}

/** How a person looks for what keeps requests from the server. Sample: `execute ping 192.0.2.40`, `show user ldap "dc01"`. */
export function lookAtTheWay(
  kind: Path['kind'],
  server: string,
  address: string,
  { asked, facts }: { readonly asked: AskedServer | undefined; readonly facts: PathFacts },
): string {
  const isAddress = parseIpv4(address) !== undefined;
  const source = getSource(asked);
  const from = source === undefined ? [] : [`execute ping-options source ${source}`];
  const isRouted = asked !== undefined && routeTo(asked, facts.serverRoutes) !== undefined;
  const route = isRouted ? [] : [`get router info routing-table details ${address}`];
  const entry = `show user ${kind}${/^[\w.-]+$/.test(server) ? ` "${server}"` : ''}`;
  // What was read is not asked for again.
  const commands = [
    ...(isAddress ? [...from, `execute ping ${address}`, ...route] : []),
    ...(asked === undefined ? [entry] : []),
  ];
  // RADIUS has no connection: only packets show whether requests leave and an answer comes back.
  const capture =
    isAddress && kind === 'radius'
      ? ` Then capture one login: \`diagnose sniffer packet any 'host ${address} and udp' 4 20 l\`.`
      : '';
  if (commands.length === 0)
    return `Check that ${server} answers, and what is between it and the FortiGate.${capture}`;
  const questions = [
    source === undefined ? 'whether it answers' : `whether it answers ${source} (\`source-ip\`)`,
    ...(isAddress && !isRouted ? ['which route leads there'] : []),
    ...(asked === undefined ? ['which source address (`source-ip`) is used'] : []),
  ];
  return `Check on the FortiGate, in the VDOM of the users, ${nameList(questions)}: ${commands.map((command) => `\`${command}\``).join(', ')}.${capture}`;
}

function routeTo({ server, vdom }: AskedServer, routes: Facts['serverRoutes']): ServerRoute | undefined {
  return valueIfKnown(routes)?.find((each) => each.address === server.value && sameVdom(each.vdom, vdom));
}

function withoutRoute({ server, route }: Path): BrokenPath | undefined {
  if (!route || route.routes.length > 0) return undefined;
  return {
    clause: `is at ${route.address}, to which the FortiGate has no route`,
    summary: `The routing table has nothing for ${route.address}, not even a default route, so no request leaves.`,
    confidence: 'certain',
    isSureAlone: server.secondServer.value === '' && server.thirdServer.value === '',
    evidence: [...route.quotes, ...server.server.quotes],
    fix: noCliFix(
      `Bring back the route to ${route.address}: a static route to its network, the tunnel or interface that it leads through, or the neighbour that announces it.`,
    ),
  };
}

function byOtherInterface(path: Path): BrokenPath | undefined {
  const { server, route, interfaces } = path;
  const { value: only, quotes } = server.onlyInterface;
  const leaves = route === undefined ? [] : listExits(route);
  const isDown = interfaces.some(({ name, down }) => name === only && down);
  if (only === '' || (!isDown && (leaves.length === 0 || leaves.includes(only)))) return undefined;
  const why = isDown ? 'is down' : `is not where the route leads (${nameList(leaves)})`;
  return {
    clause: `is asked through ${only} alone, which ${why}`,
    summary: `\`interface-select-method specify\` sends every request out of ${only}, whatever the routing table says; ${only} ${why}.`,
    confidence: isDown ? 'certain' : 'likely',
    isSureAlone: isDown,
    evidence: [...quotes, ...(route?.quotes ?? [])],
    fix: entryFix(
      path,
      ['set interface-select-method auto'],
      ['set interface-select-method specify', `set interface ${quoteValue(only)}`],
    ),
  };
}

function fromForeignAddress(path: Path, live: LiveAddresses): BrokenPath | undefined {
  const { server, interfaces } = path;
  const { value: source, quotes } = server.sourceAddress;
  const own = interfaces.flatMap((each) => [...listAddresses(each, live), each.address6 ?? []].flat());
  const isDynamic = interfaces.some(({ mode, name }) => mode !== 'static' && !live?.has(name));
  if (source === '' || own.length === 0 || isDynamic || own.some((each) => sameAddress(each, source)))
    return undefined;
  return {
    clause: `is asked from ${source}, which is no address of this FortiGate`,
    summary: `\`source-ip\` is ${source}, and no interface has that address: an answer would not come back here.`,
    confidence: 'likely',
    isSureAlone: true,
    evidence: quotes,
    fix: entryFix(path, ['unset source-ip'], [`set source-ip ${quoteValue(source)}`]),
  };
}

/** The Internet does not carry packets to private addresses. */
function toTheInternet({ server, route, interfaces }: Path, live: LiveAddresses): BrokenPath | undefined {
  const isPrivate = parseIpv4(server.server.value) !== undefined && isPrivateAddress(server.server.value);
  if (route?.prefix !== '0.0.0.0/0' || !isPrivate || server.onlyInterface.value !== '') return undefined;
  const leaves = listExits(route);
  const isPublic = leaves.every((name) => {
    const on = interfaces.find((each) => each.name === name);
    return on !== undefined && holdsPublicAddress(on, live);
  });
  if (!isPublic || route.routes.some(({ isTunnel }) => isTunnel)) return undefined;
  return {
    clause: `is at ${route.address}, and requests to it leave through ${nameList(leaves)} to the Internet`,
    summary: `No route leads to the network of ${route.address}, so the default route sends requests out of ${nameList(leaves)}, and the Internet carries nothing to a private address.`,
    confidence: 'likely',
    isSureAlone: false,
    evidence: [...route.quotes, ...server.server.quotes],
    fix: noCliFix(
      `Bring back the route to the network of ${route.address}: a static route, the tunnel or interface that it leads through, or the neighbour that announces it.`,
    ),
  };
}

/** A tunnel between sites carries what its selectors name, and those name an inside address. */
function fromTunnelWithoutAddress(path: Path): BrokenPath | undefined {
  const { server, route, interfaces } = path;
  const [hop] = route?.routes ?? [];
  const on = interfaces.find(({ name }) => name === hop?.interface);
  if (!route || !hop?.isTunnel || server.sourceAddress.value !== '' || on?.address !== undefined)
    return undefined;
  if (!on) return undefined;
  const inside = interfaces.filter(
    ({ address, down }) => !down && address !== undefined && isPrivateAddress(address.value),
  );
  const [first, another] = inside;
  const source = first?.address !== undefined && !another ? first.address.value : '<inside-address>';
  return {
    clause: `is behind the tunnel ${hop.interface}, and requests to it carry no address that belongs in the tunnel`,
    summary: `The route to ${route.address} leads through ${hop.interface}, which has no address, and \`source-ip\` is not set: FortiOS then takes the address of another interface, which the selectors of the tunnel may not let through, and to which the other side may have no route.`,
    confidence: 'possible',
    isSureAlone: false,
    evidence: [...hop.quotes, ...server.sourceAddress.quotes],
    fix: entryFix(path, [`set source-ip ${source}`], ['unset source-ip']),
  };
}

type LiveAddresses = Parameters<typeof listAddresses>[1];

function entryFix({ kind, server, context }: Path, apply: readonly string[], undo: readonly string[]): Fix {
  const entry = (lines: readonly string[]) => configEntry(`user ${kind}`, server.name, lines);
  return vdomFix(context, server.vdom, {
    apply: entry(apply),
    undo: entry(undo),
    verify: [`show user ${kind} ${quoteValue(server.name)}`],
    note: `Then let a user of ${server.name} log in once.`,
    asksForLogin: true,
  });
}
