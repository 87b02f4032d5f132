import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { DEVICE_IN_FRONT, READDRESSED } from '../shared/changes.ts';
import { debugLines } from '../shared/fix.ts';

import { nameList, needsLogin } from '../shared/logins.ts';
import {
  getSource,
  lookAtTheWay,
  namedServers,
  routeSentence,
  SERVER_PATH,
  UNREACHED_ANSWERS,
  unreachableServer,
  unreachedReasons,
  unreachedServer,
} from '../shared/server-path.ts';
import {
  countOfLogins,
  failedWith,
  firstQuotes,
  getLdapServer,
  listQuotes,
  REFUSAL_RULES,
  serverKind,
  shownBy,
  unansweredBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ldap-server-unreachable',
  title: 'The LDAP server does not answer',
  severity: 'critical',
  hop: 'login',
  number: 119,
  forCustomer: 'the directory that knows the accounts does not answer at the moment',
  disturbs: 'nobody: only new logins',
  afterChange: [
    [
      READDRESSED,
      'first compare the address in the LDAP entry with the one that the server has, then the route and the firewalls on the way to it.',
    ],
    [DEVICE_IN_FRONT, 'first look in the log of that device for the LDAP port (389 or 636) of the server.'],
  ],
  place: 'in the server or on the way from the FortiGate to it',
  stops: 'every user of this server',
  answers: [
    [
      /\b(?:DC|domain controller|Domänencontroller|contrôleur|controlador|domaincontroller)\b.{0,60}\b(?:off|down|removed|replaced|new|abgeschaltet|ersetzt|neue\w?|éteint|remplacé|apagad\w|spento|sostituito|desligad\w|uitgezet|vervangen)\b/iu,
      '`server` of the LDAP entry needs a directory server that runs; `secondary-server` can name a second one.',
    ],
    ...UNREACHED_ANSWERS,
    ['which-port', 'LDAP uses TCP 389 and LDAPS TCP 636, if the LDAP entry names no other port.'],
    [
      'which-address',
      '`server` of the LDAP entry needs a directory server that runs; `secondary-server` can name a second one.',
    ],
    [
      'prevent',
      '`secondary-server` of the LDAP entry names a second directory server, for when the first is silent.',
    ],
    [
      'verify',
      'A sniffer on the LDAP port shows it: requests leave the FortiGate, and answers have to come back.',
    ],
    [
      'own-change',
      'A directory server that is off or has another address answers no request to the old one.',
    ],
    ['where', '`server`, `port` and `source-ip` are in the entry of the LDAP server, `config user ldap`.'],
    ['choice', 'An address needs no DNS; a name needs DNS servers of the FortiGate that know it.'],
    OPENS_NOTHING,
    // `can I add a second server?`
    [
      /(?<!\p{L})(?:second(?:ary)?|zweite[nr]?|deuxième|segundo|secondo|tweede)(?!\p{L}).{0,10}(?:server|serveur|servidor)/iu,
      '`secondary-server` of the LDAP entry names a second directory server, for when the first is silent.',
    ],
  ],
  loginReasons: unreachedReasons(getLdapServer),
  descriptions: [
    {
      all: ['controller|ldap serverDown', 'ldap all|not|fails / local works|yes !not'],
      or: [
        ['controller|ldap unanswered', 'ldap all / local works|yes !not / test unanswered|fails'],
        ['ldap waits|unanswered', 'way', 'local works|yes !not'],
        ['controller way', 'ldap all|not|fails', 'local works|yes !not'],
      ],
      also: ['local works|yes !not', 'ldap all', 'waits', 'ldap waits', 'controller serverDown|way'],
      not: [
        'approval !not !saml',
        'request phone',
        'bindAccount changed|expired|accountLocked',
        'ldaps certificate|authority',
      ],
      title: 'The LDAP server does not answer, so no user of the directory gets in',
      fix: 'Open the LDAP server under “User & Authentication > LDAP Servers” and press “Test Connectivity”, or type `execute telnet 192.0.2.10 389` with its address (636 for LDAPS). If nothing answers, look whether the server runs and has this address, then at routes and firewalls between the two, which must let the address of the FortiGate through. A second server in the entry keeps logins going.',
    },
  ],
  needs: ['attempts'],
  wants: ['ldapServers', 'directoryFailures', 'callbackPackets', ...SERVER_PATH],
  references: ['KB405341', 'KB418674'],
  checkPartial(facts, context) {
    return facts.attempts.state === 'known'
      ? undefined
      : (unreachableServer('ldap', facts.ldapServers, facts, context) ??
          shownByCapture(facts) ??
          countedFailures(facts));
  },
  check({ attempts, ldapServers, directoryFailures, ...facts }, context) {
    const isLdap = (...[seen, login]: Parameters<NonNullable<Parameters<typeof failedWith>[3]>>) =>
      serverKind(login, seen) === 'LDAP';
    const silent = failedWith(attempts.value, context, 'server-timeout', isLdap);
    const unresolved = failedWith(attempts.value, context, 'server-unresolved', isLdap);
    const timedOut = silent.length > 0 || unresolved.length > 0;
    const unanswered = timedOut ? silent : unansweredBy('LDAP', attempts.value, context);
    const shown = unanswered.length > 0 ? unanswered : unresolved;
    const [first] = shown;
    if (!first) {
      const connected = shownBy(attempts.value, 'server-connected');
      return connected
        ? healthy('the LDAP server was reached', [connected.seen.quote])
        : (shownByCapture({ ldapServers, ...facts }) ??
            countedFailures({ ldapServers, directoryFailures }) ??
            needsLogin('no login in the evidence asked an LDAP server'));
    }
    const names = nameList(shown.flatMap(({ seen }) => seen.fields.server ?? []));
    const servers = names === '' ? 'the LDAP server' : names;
    const logins = shown.map(({ login }) => login);
    const { name = '', address = '' } = first.seen.fields;
    const at = first.login.startedAt === undefined ? '' : ` at ${first.login.startedAt}`;
    const failed = countOfLogins(logins, attempts.value);
    const [asked] = namedServers(ldapServers, unanswered);
    const unreached = unreachedServer('ldap', asked, unanswered, failed, [facts, context]);
    if (unreached) return unreached;
    const isAsked = unanswered.length > 0;
    return broken(timedOut ? 'certain' : 'likely', {
      title: isAsked
        ? `The LDAP server${names && ` ${names}`} does not answer: ${whoseLogins(logins)} cannot log in`
        : `The FortiGate cannot resolve ${name}, the LDAP server ${servers}`,
      summary: `${failed} failed because ${
        isAsked
          ? `the FortiGate asked ${servers} and got no answer before its timer ended`
          : `no address was found for ${name}`
      }. Passwords were not checked; local users do not need this server.${routeSentence(asked, facts)}`,
      evidence: firstQuotes([
        ...listQuotes(shown),
        ...(timedOut ? [] : logins.flatMap(({ trace }) => trace.signs['server-loaded']?.at(-1)?.quote ?? [])),
      ]),
      fix: isAsked
        ? {
            todo: `${lookAtTheWay('ldap', servers, address, { asked, facts })} Then look at the firewalls on the way.`,
            forward: {
              to: 'the owner of the directory',
              text: `Our VPN asked ${[servers, address].filter(Boolean).join(', ')}${at} and got no answer. Is the server up, and do the firewalls let ${getSource(asked) ?? 'the FortiGate’s address'} reach its LDAP port?`,
            },
          }
        : `Check the server name of the LDAP entry ${servers}, and that the FortiGate’s DNS servers answer for it.`,
      explains: REFUSAL_RULES,
    });
  },
});

const LDAP_PORTS: ReadonlySet<number | undefined> = new Set([389, 636, 3268, 3269]);

/** Requests of the FortiGate for a connection: no packet comes back, or nothing but resets. */
function shownByCapture({
  callbackPackets,
  ldapServers,
}: Pick<Facts, 'callbackPackets' | 'ldapServers'>): Judgement | undefined {
  const { packets, captures } = valueIfKnown(callbackPackets) ?? { packets: [], captures: [] };
  // A filter with a direction shows one way only.
  if (captures.some(({ filter }) => /\b(?:dst|src)\b/.test(filter))) return undefined;
  const opens = packets.filter(
    ({ to, flags }) => LDAP_PORTS.has(to.port) && flags.includes('syn') && !flags.includes('ack'),
  );
  const sent = opens.filter(({ direction }) => direction === 'out');
  const [first] = sent;
  // A client behind the FortiGate asks through it, too: its packet came in before.
  if (!first || opens.some(({ direction }) => direction !== 'out')) return undefined;
  const { from, to, interface: name } = first;
  const back = packets.filter((each) => each.from.address === to.address && LDAP_PORTS.has(each.from.port));
  const isRefused = back.length > 0 && back.every(({ flags }) => flags.includes('rst'));
  const isSilent = back.length === 0 && sent.length > 1;
  if (sent.some((each) => each.to.address !== to.address) || !(isRefused || isSilent)) return undefined;
  const entry = valueIfKnown(ldapServers)?.find(({ server }) => server.value === to.address);
  const server = entry?.name ?? to.address;
  const port = `TCP ${to.port}`;
  return broken('likely', {
    title: isRefused
      ? `The LDAP server ${server} refuses the connection to ${port}`
      : `The LDAP server ${server} does not answer on ${port}`,
    summary: `The capture shows ${sent.length === 1 ? 'a SYN' : `${sent.length} SYNs`} of ${from.address} to ${to.address}, port ${to.port}${name === undefined || name === 'any' ? '' : ` on ${name}`}, and ${isRefused ? 'a reset (RST) as the answer: nothing listens there, or a firewall refuses it' : 'no packet back'}. Users whose password this server checks cannot log in; local users do not need it.`,
    evidence: [...first.quotes, ...(isRefused ? (back[0]?.quotes ?? []) : (sent[1]?.quotes ?? []))],
    fix: {
      todo: isRefused
        ? `Check \`port\` and \`secure\` of the LDAP entry (389 without TLS and for STARTTLS, 636 for LDAPS), and that the directory service runs there.`
        : `Check the route to ${to.address}, and that ${from.address} is the address that the firewalls on the way let pass (\`source-ip\` of the LDAP entry).`,
      forward: {
        to: 'the owner of the directory',
        text: `Our VPN opens ${port} of ${to.address} from ${from.address} and ${isRefused ? 'gets a reset. Does the service listen on that port' : 'gets no answer. Is the server up, and do the firewalls let this address reach that port'}?`,
      },
    },
    explains: REFUSAL_RULES,
  });
}

/** What the event log counts. It names no server. */
function countedFailures({
  ldapServers,
  directoryFailures,
}: Pick<Facts, 'ldapServers' | 'directoryFailures'>): Judgement | undefined {
  const all = valueIfKnown(directoryFailures) ?? [];
  const [latest] = all.toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
  if (!latest) return undefined;
  const names = [...new Set((valueIfKnown(ldapServers) ?? []).map(({ name }) => name))];
  const server = names.length === 1 ? `LDAP server ${names[0]}` : 'LDAP server';
  const which = names.length > 1 ? ` Its LDAP servers are ${nameList(names)}.` : '';
  // One failed connection may pass.
  return broken(latest.count > 1 ? 'likely' : 'possible', {
    severity: 'high',
    title: `Connections to the ${server} failed ${times(latest.count)} within 5 minutes`,
    summary: `Within the 5 minutes before ${latest.at ?? 'a line of the event log'} the FortiGate failed to connect to an LDAP server ${times(latest.count)}; the event log does not name the server.${which} Users whose password a directory checks may not get in; local users do not need it.`,
    evidence: latest.quotes,
    fix: `Check from the FortiGate that ${names.length === 0 ? 'each LDAP server' : nameList(names)} answers, the route to it, the source address that its entry uses, and firewalls between them. The debug of one login names the server that does not answer. ${debugLines(['fnbamd'], 'Let one user log in.')}`,
  });
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
