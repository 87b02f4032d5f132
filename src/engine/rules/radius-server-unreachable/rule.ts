import type { Quote } from '../../evidence/types.ts';
import { UNNAMED_USER } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SniffedPacket } from '../../facts/log-events.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Broken } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { DEVICE_IN_FRONT, READDRESSED } from '../shared/changes.ts';
import { SECRET_CHANGED } from '../shared/described-symptoms.ts';
import { quoteValue } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { answeredByRadius, getRadiusServer } from '../shared/radius-logins.ts';
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
  listQuotes,
  REFUSAL_RULES,
  type ShownLogin,
  serverKind,
  unansweredBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';
import { isRadius } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'radius-server-unreachable',
  title: 'The RADIUS server does not answer',
  severity: 'critical',
  hop: 'login',
  number: 122,
  forCustomer: 'the server that checks the passwords does not answer at the moment',
  disturbs: 'nobody: only new logins',
  afterChange: [
    [
      READDRESSED,
      'first compare the address in the RADIUS entry with the one that the server has, and look whether the server knows the present address of the FortiGate as a client.',
    ],
    [DEVICE_IN_FRONT, 'first look in the log of that device for UDP 1812 of the FortiGate.'],
  ],
  place: 'in the server or on the way from the FortiGate to it',
  stops: 'every user of this server',
  answers: [
    [
      /\bping/i,
      'A ping proves only the way to the server: RADIUS needs UDP 1812, the FortiGate as a client there, and the same secret.',
    ],
    ...UNREACHED_ANSWERS,
    ['which-port', 'RADIUS uses UDP 1812, unless the RADIUS entry names another port.'],
    [
      'verify',
      'A sniffer on UDP 1812 shows it: requests that leave without an answer point to the server or the way.',
    ],
    [
      'prevent',
      '`secondary-server` of the RADIUS entry names a second server, for when the first is silent.',
    ],
    [
      'where',
      '`server`, `secret` and `source-ip` are in the entry of the RADIUS server, `config user radius`.',
    ],
    [
      'own-change',
      'A server that is off, moved or behind a new rule answers no request, with a FortiGate that did not change.',
    ],
    OPENS_NOTHING,
    // `can I add a second server?`
    [
      /(?<!\p{L})(?:second(?:ary)?|zweite[nr]?|deuxième|segundo|secondo|tweede)(?!\p{L}).{0,10}(?:server|serveur|servidor)/iu,
      '`secondary-server` of the RADIUS entry names a second server, for when the first is silent.',
    ],
  ],
  loginReasons: unreachedReasons(getRadiusServer),
  descriptions: [
    {
      all: ['radiusServer unanswered|serverDown|off', 'all|local|test|waits|way|changed|new'],
      or: [
        ['radiusServer', 'radiusPort'],
        ['radiusServer', 'unknownClient'],
        ['radiusServer waits|fails', 'way|changed', 'local works|yes !not'],
        ['radiusServer changed|new|way', 'all|fails|waits', 'local works|yes !not'],
        ['radiusServer', 'unanswered|serverDown', 'waits|test'],
      ],
      also: ['local works|yes !not', 'radiusServer all', 'waits', 'way', 'test unanswered|fails', 'noPacket'],
      not: [
        'approval !not !saml',
        'request phone',
        'messageAuthenticator',
        'saml',
        'secret',
        'radiusAccepted',
        'noRadius',
      ],
      title: 'The RADIUS server does not answer the FortiGate',
      fix: 'Open the RADIUS server under “User & Authentication > RADIUS Servers” and press “Test Connectivity”. If it gets no answer, look whether the service runs, whether it knows the FortiGate’s address as a client, and whether both use the same port (1812 unless `radius-port` says another). Firewalls between the two must let UDP 1812 of the FortiGate through.',
    },
  ],
  needs: ['attempts'],
  wants: [...SERVER_PATH, 'callbackPackets', 'described'],
  references: ['KB266131', 'KB196192'],
  checkPartial(facts, context) {
    return facts.attempts.state === 'known'
      ? undefined
      : (unreachableServer('radius', facts.radiusServers, facts, context) ?? shownWithoutLogin(facts));
  },
  check({ attempts, ...facts }, context) {
    const unanswered = (...[seen, login]: Parameters<NonNullable<Parameters<typeof failedWith>[3]>>) =>
      serverKind(login, seen) === 'RADIUS' &&
      !login.trace.signs['radius-unauthenticated'] &&
      !login.trace.signs['radius-code'];
    const unresolved = failedWith(attempts.value, context, 'server-unresolved', unanswered);
    const timedOut = failedWith(attempts.value, context, 'server-timeout', unanswered);
    const silent = timedOut.length > 0 ? timedOut : unansweredBy('RADIUS', attempts.value, context);
    const shown = unresolved.length > 0 ? unresolved : silent;
    const [first] = shown;
    if (!first) return answeredByRadius(attempts.value);
    const servers = nameList(shown.flatMap(({ seen }) => seen.fields.server ?? []));
    const logins = shown.map(({ login }) => login);
    const { name = '', address = '' } = first.seen.fields;
    const failed = countOfLogins(logins, attempts.value);
    if (unresolved.length > 0) {
      return broken('certain', {
        title: `The FortiGate cannot resolve ${name}, the RADIUS server ${servers}`,
        summary: `No address was found for ${name}, so no RADIUS server was asked; ${failed} failed this way. No password was checked; local users do not need this server.`,
        evidence: listQuotes(unresolved),
        fix: `Check the server name of the RADIUS entry ${servers}, and that the FortiGate’s DNS servers answer for it.`,
        explains: REFUSAL_RULES,
      });
    }
    const [asked] = namedServers(facts.radiusServers, silent);
    const unreached = unreachedServer('radius', asked, silent, failed, [facts, context]);
    if (unreached) return unreached;
    const source = getSource(asked);
    const captured = radiusExchange(facts.callbackPackets, address);
    if (captured) return shownByCapture(captured, servers, silent, whoseLogins(logins));
    const changed = statedQuote(SECRET_CHANGED, facts.described);
    if (changed) return otherSecret(servers, silent, failed, changed);
    return broken('likely', {
      title: `The RADIUS server ${servers} does not answer${logins.some(({ user }) => user !== UNNAMED_USER) ? `: ${whoseLogins(logins)} cannot log in` : ''}`,
      summary: `The FortiGate asked ${servers} and got no answer before its timer ended; ${failed} failed this way. The password was not checked; local users do not need this server. A server that waits for a person to approve on a phone looks the same: then the timer is too short.${routeSentence(asked, facts)}`,
      evidence: [...listQuotes(silent), ...(source === undefined ? [] : (asked?.sourceAddress.quotes ?? []))],
      fix: {
        todo: `${lookAtTheWay('radius', servers, address, { asked, facts })} ${source === undefined ? '' : `The requests leave as ${source} (\`source-ip\`), and the answer needs a way back to it. `}A RADIUS server silently drops requests of an address that it does not know as a client.`,
        forward: {
          to: 'its administrator',
          text: `${[servers, address].filter(Boolean).join(', ')}: RADIUS requests of our FortiGate get no answer. Do they arrive, is ${source ?? 'its address'} a known client, and what does the log say at ${first.login.startedAt ?? 'the time of the login'}?`,
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** A person tells of a new secret: what another one signed is dropped on either side without a word. */
function otherSecret(server: string, silent: readonly ShownLogin[], failed: string, changed: Quote): Broken {
  const cause = `A new secret on one side does this: without the same one on the FortiGate every request to ${server} stays without a valid answer.`;
  return broken('likely', {
    title: `The shared secret of ${server} was changed, and the FortiGate gets no valid answer from it`,
    summary: `The FortiGate asked ${server} and got no answer that it accepts before its timer ended; ${failed} failed this way. A request or an answer that another shared secret signed is dropped silently. The password was not checked; local users do not need this server.`,
    evidence: [...listQuotes(silent), changed],
    answers: [
      ['own-change', cause],
      ['update', cause],
    ],
    fix: {
      todo: `Type the new shared secret in the entry of ${server}, as the server has it for this FortiGate: \`config user radius\`, \`edit ${quoteValue(server)}\`, \`set secret <shared-secret>\`, \`end\`; replace \`<shared-secret>\` first, or the two differ again. If it is the same already, see whether the server knows the address of the FortiGate as a client.`,
      forward: {
        to: `the administrator of ${server}`,
        text: `Which shared secret does ${server} have for our FortiGate since the change? Please send it on a safe way.`,
      },
    },
    explains: REFUSAL_RULES,
  });
}

/** What a sniffer saw between the FortiGate and the server. */
interface Exchange {
  readonly request: SniffedPacket;
  readonly count: number;
  readonly answer: SniffedPacket | undefined;
  /** Seconds from a request to its answer, where the capture has times. */
  readonly delay: number | undefined;
  /** An answer on any interface would have been seen. */
  readonly isEverywhere: boolean;
}

/** Undefined without a request in a complete capture: the sniffer may have run at another time. */
function radiusExchange(fact: Facts['callbackPackets'], server: string): Exchange | undefined {
  const { captures, packets } = valueIfKnown(fact) ?? { captures: [], packets: [] };
  const requests = packets.filter(({ to }) => to.address === server && isRadius(to.port));
  const [request] = requests;
  const answer = packets.find(({ from }) => from.address === server && isRadius(from.port));
  const capture = request?.capture === undefined ? undefined : captures[request.capture];
  // A filter with a direction shows one way only.
  const isWhole = capture?.ended === true && !/\b(?:dst|src)\b/.test(capture.filter);
  if (request === undefined || (!answer && !isWhole)) return undefined;
  // The FortiGate sends its request again: an answer may be to any of them.
  const before = requests.filter(
    ({ from, at = 0 }) => from.port === answer?.to.port && at <= (answer?.at ?? 0),
  );
  const delay =
    before[0]?.at === undefined || answer?.at === undefined ? undefined : answer.at - before[0].at;
  return {
    request,
    count: requests.length,
    answer,
    delay,
    isEverywhere: capture?.interfaces.includes('any') ?? false,
  };
}

/** A request that the server answered later than this, no default of FortiOS waited for. */
const LATE_S = 5;

/** Requests of a capture alone: only silence says something, as nothing shows how long the FortiGate waited. */
function shownWithoutLogin({
  callbackPackets,
  radiusServers,
}: Pick<Facts, 'callbackPackets' | 'radiusServers'>): Broken | undefined {
  const { packets } = valueIfKnown(callbackPackets) ?? { packets: [] };
  const asked = packets.find(({ to, direction }) => direction === 'out' && isRadius(to.port))?.to;
  const captured = asked && radiusExchange(callbackPackets, asked.address);
  if (!captured || captured.answer || captured.count < 2) return undefined;
  const entry = valueIfKnown(radiusServers)?.find(({ server }) => server.value === asked.address);
  // No login shows that somebody waited.
  return { ...shownByCapture(captured, entry?.name ?? asked.address, [], 'its users'), confidence: 'likely' };
}

function shownByCapture(
  { request, count, answer, delay, isEverywhere }: Exchange,
  server: string,
  silent: readonly ShownLogin[],
  who: string,
): Broken {
  const { from, to, interface: name } = request;
  const leaves = name === undefined || name === 'any' ? '' : ` on ${name}`;
  const seen = `The capture shows ${count === 1 ? 'a request' : `${count} requests`} of ${from.address} to ${to.address}${leaves}`;
  const shown = {
    evidence: [...request.quotes, ...(answer?.quotes ?? []), ...listQuotes(silent)],
    explains: REFUSAL_RULES,
  };
  if (!answer) {
    // The sniffer may have ended before the answer to a single request.
    return broken(isEverywhere && count > 1 ? 'certain' : 'likely', {
      ...shown,
      title: `RADIUS requests leave${leaves}, and ${server} does not answer: ${who} cannot log in`,
      summary: `${seen}, and no packet back. No password was checked. A RADIUS server silently drops requests of an address that it does not know as a client, and a firewall between them may drop either way.`,
      fix: {
        todo: `Nothing to change on the FortiGate until the server is seen to answer: let its administrator see whether the requests arrive, and whether ${from.address} is a client there.`,
        forward: {
          to: 'its administrator',
          text: `RADIUS requests of ${from.address} to ${to.address} (UDP ${to.port}) get no answer. Do they arrive, is ${from.address} a known client, and what does your log say?`,
        },
      },
    });
  }
  if (delay !== undefined && delay > LATE_S) {
    return broken('likely', {
      ...shown,
      title: `The RADIUS server ${server} answers after ${delay} s, when the FortiGate has stopped waiting`,
      summary: `${seen}, and the answer ${delay} s later. \`timeout\` of the RADIUS entry is 5 s by default and ended the login of ${who} before that. A server that waits for a person to approve on a phone takes that long.`,
      fix: `Give the server more time than ${delay} s: \`set timeout 60\` in its entry of \`config user radius\`, and \`set remoteauthtimeout 60\` in \`config system global\`. A server that is down is then noticed later. If nobody has to approve anything, let its administrator find what takes ${delay} s.`,
    });
  }
  return broken('possible', {
    ...shown,
    title: `The RADIUS server ${server} answers, and the FortiGate does not take the answer`,
    summary: `${seen}, and an answer to it. fnbamd reported none: it drops an answer that another shared secret signed, and FortiOS one that comes in on an unexpected interface. The capture may also be of another login.`,
    fix: `Type the shared secret again on both sides, and see where the answer should come in: \`get router info routing-table details ${to.address}\`.`,
  });
}
