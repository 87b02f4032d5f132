import type { OtherProduct } from '../evidence/other-products.ts';
import { RADIUS_SERVER, SIGN_IN_LOG } from '../evidence/products.ts';
import { findStatement, isOfTrouble } from '../facts/described/described.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { SITES_ONLY } from '../facts/read-facts.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { OpenCase } from './judged-case.ts';

export type LooksLike = NonNullable<Diagnosis['looksLike']>;

const SEND = askForDebug('sslvpn, fnbamd, with push also ftm-push');
/** Whether packets get there is the first question about IPsec. */
const SEND_OF_IPSEC =
  "Send what the FortiGate sees while the client connects: `diagnose sniffer packet any 'host <client> and (udp port 500 or udp port 4500)' 4 0 l` with the public address of the client, the debug of this login (ike, fnbamd, eap_proxy), and `show vpn ipsec phase1-interface`.";
const SEND_OF_AUTHENTICATOR =
  'Of a FortiAuthenticator, send its push log (pushd). Of the FortiGate, send a configuration backup or the debug of one login.';

const SEND_OF_ANALYZER =
  'Send what it stores of this FortiGate: the event log of VPN logins (subtype `vpn` and `user`) of that time. Why a login fails is in the debug of one login on the FortiGate (sslvpn, fnbamd).';
const SEND_OF_MANAGER =
  'Send the configuration that it has of this FortiGate (its latest revision), or the debug of one login on the FortiGate (sslvpn, fnbamd).';

const SEND_OF_THAT_MINUTE =
  'Send what the FortiGate logged of this login: the debug of one login (sslvpn, fnbamd), or its event log of VPN logins of that minute.';

/** `TZ=+0100 [sslvpn:INFO] vpn_connection:1130 Token required, waiting for push` of FortiClient */
const WAITS = /^TZ=\S{5} .{1,80}\bwaiting for (?:push|token)\b/;
const SEND_OF_WAIT =
  'Send the debug of one such login (sslvpn, fnbamd, ftm-push), with the time at which the phone showed the push, and whether a typed code works.';

const SEND_OF_GATEWAY =
  'This login goes to another gateway: its own log says why it fails. Ask the person who runs it, or who runs the server that its log names; ftm-check reads what a FortiGate prints. If the VPN is one of a FortiGate, send the debug of one login there (sslvpn, fnbamd), or its configuration backup.';
const SEND_OF_SIGN_IN =
  'A sign-in that failed there ends there, and the reason that it gives is the cause. For one that succeeded, send what the FortiGate printed of this login: the debug of sslvpn and samld; over IPsec, of ike, authd and samld.';

const SITES = 'a tunnel between sites';
const SEND_OF_LOGIN =
  'ftm-check looks into logins of people. For such a login over IPsec, send `show vpn ipsec phase1-interface` and the debug of one login (ike, fnbamd, eap_proxy).';

const INSTRUCTIONS = 'text about FortiGate configuration';
const SEND_PRINTED =
  'Send what the FortiGate prints: `show full-configuration system ftm-push`, a configuration backup, or the debug of one login.';

/** What to send beside the logs of another product. */
const SEND_BESIDE: Readonly<Record<string, string>> = {
  'Cisco ASA': SEND_OF_GATEWAY,
  FortiAnalyzer: SEND_OF_ANALYZER,
  FortiAuthenticator: SEND_OF_AUTHENTICATOR,
  FortiClient: SEND_OF_THAT_MINUTE,
  FortiManager: SEND_OF_MANAGER,
  'OpenVPN client': SEND_OF_GATEWAY,
  'OpenVPN server': SEND_OF_GATEWAY,
  'Palo Alto firewall': SEND_OF_GATEWAY,
  [RADIUS_SERVER]: SEND_OF_THAT_MINUTE,
  [SIGN_IN_LOG]: SEND_OF_SIGN_IN,
  'strongSwan gateway': SEND_OF_GATEWAY,
  'WireGuard peer': SEND_OF_GATEWAY,
};

/** Describes debug of IKE that has tunnels between sites only, by the setting of such a tunnel. */
export function betweenSites({ attempts, phase1s }: Facts): LooksLike | undefined {
  if (attempts.state !== 'unknown' || attempts.reason !== SITES_ONLY) return undefined;
  const tunnel = valueIfKnown(phase1s)?.find(({ dialup }) => !dialup);
  return { what: SITES, send: SEND_OF_LOGIN, evidence: [...(tunnel?.interface.quotes ?? [])] };
}

function askForDebug(daemons: string): string {
  return `Send output of the FortiGate: the debug of one login (${daemons}), or a configuration backup.`;
}

export const DESCRIPTION = 'a description in words';
/** What would tell causes apart, unless it is stated; of the last, only where push is spoken of. */
const TELLING: readonly (readonly [stated: string, ask: string, about?: string])[] = [
  [
    'client shows|fails|not',
    'what the client shows in the end, with its percentage or code (the user can read it off the screen)',
  ],
  [
    'sslvpn / ipsec',
    'whether the connection is SSL VPN or IPsec (FortiClient shows it in the settings of the connection)',
  ],
  ['all|only|others', 'whether it concerns one user or all'],
  ['changed / new', 'what was changed before it began'],
  ['code', 'whether a typed code works', 'request|token'],
];

/** A person describes a trouble that fits no cause, or several. */
function ofDescription(facts: Facts): LooksLike | undefined {
  const sentences = valueIfKnown(facts.described) ?? [];
  if (!isOfTrouble(sentences)) return undefined;
  const open = TELLING.filter(
    ([told, , about]) =>
      !findStatement(told, sentences) &&
      (about === undefined || findStatement(about, sentences) !== undefined),
  ).map(([, ask]) => ask);
  const words = `These would tell more: ${['the user name, and when the login last failed', ...open].join('; ')}. `;
  const isAsked = (valueIfKnown(facts.questions) ?? []).some(({ sentence }) => COULD_BE.test(sentence));
  const candidates = isAsked
    ? CANDIDATES.filter(([other]) => !findStatement(other, sentences)).map(([, what]) => what)
    : [];
  return {
    what: DESCRIPTION,
    send: [...candidates, `${words}${sendFor(facts)}`].join(' '),
    evidence: [],
  };
}

/** `what can it be?`, `was kann das sein?`, `¿Qué puede ser?` */
const COULD_BE =
  /\bwhat (?:can|could|might) (?:it|this|that) be\b|\bwas (?:kann|könnte) (?:es|das) (?:denn )?sein\b|\bqu[eé] (?:puede|podría|pode|poderia) (?:ser|estar)\b|\bqu['’]est-ce que (?:ça|cela) peut être\b|\bcosa può essere\b|\bwat kan (?:het|dit) zijn\b/iu;
/** Causes that many logins end by, unless the words say that it concerns the others. */
const CANDIDATES: readonly (readonly [other: string, what: string])[] = [
  [
    'all',
    'Candidates where only one user fails, none of them proven: a password that has expired or was changed, an account that is locked, or an address that SSL VPN blocks after failed logins.',
  ],
  [
    'only|others',
    'Candidates where all fail: the way to the VPN, the server that checks the passwords, or a certificate that has expired.',
  ],
];

/** Fits the words of a person who complains of a login and does not speak of push. */
function sendFor({ userNotices, explainedLines }: Facts): string {
  const kinds = new Set((valueIfKnown(userNotices) ?? []).map(({ kind }) => kind));
  if (kinds.has('push-named') || (kinds.size === 0 && explainedLines.state !== 'known')) return SEND;
  return kinds.has('ipsec-client') ? SEND_OF_IPSEC : askForDebug('sslvpn, fnbamd');
}

/** Describes evidence that contains nothing of a FortiGate, and what to send instead. A ticket with a code of FortiClient is answered by that. */
export function chooseLooksLike({
  evidence: { otherProducts, instruction },
  isTicket,
  facts,
}: OpenCase): LooksLike | undefined {
  const [first, second] = otherProducts;
  if (!first && instruction)
    return { what: INSTRUCTIONS, send: SEND_PRINTED, evidence: [{ ...instruction }] };
  if (!first && isTicket) return undefined;
  if (!first) return ofDescription(facts) ?? { what: '', send: sendFor(facts), evidence: [] };
  const waits = (valueIfKnown(facts.userNotices) ?? []).find(({ quote }) => WAITS.test(quote.text));
  const quotes = [...otherProducts.slice(0, 2), ...(waits ? [waits] : [])];
  return {
    what: [first, ...(second ? [second] : [])].map(withArticle).join(' and '),
    send: waits ? SEND_OF_WAIT : (SEND_BESIDE[first.name] ?? SEND),
    evidence: quotes.map(({ quote }) => ({ ...quote })),
  };
}

function withArticle({ name }: OtherProduct): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The headline for it. */
export function looksLikeHeadline({ what, evidence }: LooksLike): string {
  if (what === SITES) return 'This is about a tunnel between sites, not a login of a person';
  if (evidence.some(({ text }) => WAITS.test(text)))
    return 'The password was accepted, and FortiClient waited for the second factor; the log of the FortiGate shows the rest';
  if (what === 'a FortiClient')
    return 'This is a log of FortiClient: why a login fails is in the log of the FortiGate';
  if (what === `a ${RADIUS_SERVER}`)
    return evidence.some(({ text }) => text.includes('Access-Accept'))
      ? 'The RADIUS server accepted the login: what refuses it comes after that, on the FortiGate'
      : 'The RADIUS server refused the login: its own log says why, and the FortiGate only passes the answer on';
  if (what.endsWith(SIGN_IN_LOG)) return `This is ${what}, not output of a FortiGate`;
  if (what === DESCRIPTION) return 'What is described fits no single cause yet';
  if (what === '') return 'This does not look like output of a FortiGate';
  return what === INSTRUCTIONS
    ? 'This is text about configuration, not the configuration of a FortiGate'
    : `This is ${what}, not a FortiGate`;
}
