import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { getRule } from '../rules/all-rules.ts';
import type { Stopped } from '../rules/rule.ts';
import { nameList } from '../rules/shared/logins.ts';
import { assume } from './cause-answers.ts';
import type { Finding } from './diagnosis.ts';

/** Whom the cause concerns. */
export function scopeText(causes: readonly Finding[], attempts: readonly Attempt[]): string {
  const [first] = causes;
  const stops = first && getRule(first.rule)?.stops;
  if (first && causes.every(({ rule }) => getRule(rule)?.stops === 'one account')) {
    const others = attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [user] : []));
    const got = others.length === 0 ? '' : `; ${nameList(others)} got in`;
    return causes.length > 1
      ? `Each of these accounts has a cause of its own${got}.`
      : `The cause is one of this account, wherever its user is, and stops no other user${got}.`;
  }
  if (stops === undefined || stops === 'one account') return '';
  const where =
    stops === 'everybody behind this address' ? 'and no one at another address' : 'wherever they are';
  return assume(`The cause stops ${stops}, ${where}.`, causes);
}

/** Who fails in a log that shows no cause. */
export function seenText(attempts: readonly Attempt[]): string {
  const users = [...new Set(attempts.flatMap(({ user }) => (user === UNNAMED_USER ? [] : [user])))];
  const got = users.filter((name) => attempts.findLast(({ user }) => user === name)?.outcome === 'succeeded');
  const failed = users.filter((name) => !got.includes(name));
  if (failed.length === 0) return '';
  if (users.length === 1) return `This text shows no login of another user than ${nameList(failed)}.`;
  return got.length === 0
    ? `In this text ${nameList(failed)} fail, and no other user got in.`
    : `In this text ${nameList(failed)} ${failed.length === 1 ? 'does' : 'do'} not get in; ${nameList(got)} got in.`;
}

/** What the logins that a cause stops have in common. */
type Reach = 'server' | 'saml' | 'fnbamd' | 'ssl-vpn' | 'push' | 'tunnel';

const REACH: Readonly<Partial<Record<Stopped, Reach>>> = {
  'every user of this directory': 'server',
  'every user of this server': 'server',
  'every SAML login': 'saml',
  'every user': 'fnbamd',
  'every user of SSL VPN': 'ssl-vpn',
  'every further client of SSL VPN': 'ssl-vpn',
  'every client on this interface': 'ssl-vpn',
  'every user of this portal': 'ssl-vpn',
  'everybody behind this address': 'ssl-vpn',
  'every user with push': 'push',
  'every client of this tunnel': 'tunnel',
  'every client with this profile': 'tunnel',
  'every client whose key is not that of the tunnel': 'tunnel',
  'every client with such a certificate': 'tunnel',
  'every further client of this tunnel': 'tunnel',
};

const NO_IPSEC = 'An IPsec tunnel, where there is one, is not stopped by this.';
const NO_LOCAL = 'Local users of the FortiGate are not stopped by this.';
const NO_OTHERS = 'Logins without SAML (local users, LDAP, RADIUS) are not stopped by this.';
/** Logins that a cause leaves alone. */
const NOT_STOPPED: Readonly<Partial<Record<Reach, string>>> = {
  server: NO_LOCAL,
  saml: NO_OTHERS,
  'ssl-vpn': NO_IPSEC,
  tunnel: 'Another tunnel, or SSL VPN where it is in use, is not stopped by this.',
};
const TUNNELS_STAY = 'Site-to-site tunnels are not stopped by this: no user logs in to them.';
const OTHER_VDOM = 'Another VDOM has settings of its own, which this cause does not concern.';

/** Kinds of users or tunnels that a question names, and whether a cause of that reach stops them. */
const KINDS: readonly (readonly [words: RegExp, answers: Readonly<Partial<Record<Reach, string>>>])[] = [
  [
    /\bsite[- ]?(?:to|2)[- ]?site\b|\bS2S\b|\bStandort(?:kopplung|tunnel|vernetzung|-VPN)|\b(?:inter-?sites?|entre sites|sitio a sitio|da sede a sede|sede a sede|vestigingen)\b|\bbranch (?:tunnels?|VPNs?)\b/i,
    {
      server: TUNNELS_STAY,
      saml: TUNNELS_STAY,
      fnbamd: TUNNELS_STAY,
      'ssl-vpn': TUNNELS_STAY,
      push: TUNNELS_STAY,
      tunnel: 'Site-to-site tunnels are not stopped by this: each has a phase 1 of its own.',
    },
  ],
  [/\bVDOMs?\b/i, { server: OTHER_VDOM, saml: OTHER_VDOM, 'ssl-vpn': OTHER_VDOM, tunnel: OTHER_VDOM }],
  [
    /\b(?:admin(?:s|istrators?|istratoren|istrateurs?|istradores|istratori)?|beheerders?)\b/i,
    {
      server:
        'Administrators whose account is on this server are stopped, too; local administrators are not.',
      saml: 'The sign-on of administrators has a SAML entry of its own (`config system saml`), which this cause does not concern.',
      fnbamd: 'Administrators with a remote account are stopped, too.',
      'ssl-vpn': 'The login of administrators to the FortiGate is not stopped by this.',
      push: 'Administrators with push are stopped, too; they can type the code.',
      tunnel: 'The login of administrators to the FortiGate is not stopped by this.',
    },
  ],
  [
    /\b(?:local|lokalen?r?|locaux|locales|locali|locais)\b|\b(?:emergency|break-?glass|Notfall\p{L}*|Notfall-\p{L}+|de secours|de emergencia|di emergenza|de emergência|nood\p{L}*)(?!\p{L})/iu,
    {
      server: 'Local users of the FortiGate are not stopped by this: they do not need the server.',
      saml: 'Local users of the FortiGate are not stopped by this: they do not use SAML.',
      fnbamd: 'Local users are stopped, too.',
      'ssl-vpn': 'Local users are stopped, too, where they come in the same way.',
      push: 'Local users with push are stopped, too; without push they are not.',
      tunnel: 'Local users are stopped, too, where they use this tunnel in the same way.',
    },
  ],
  [
    /\b(?:SAML|SSO|Entra|Azure|Okta)\b/i,
    {
      server: 'SAML logins are not stopped by this: they do not use this server.',
      push: 'SAML logins are not stopped by this: the identity provider asks for their second factor.',
    },
  ],
  [
    /\b(?:LDAP|RADIUS|AD|Active Directory|domain users|Domänen\p{L}+)\b/iu,
    {
      saml: NO_OTHERS,
      push: 'Users of a server who have push are stopped, too; without push they are not.',
    },
  ],
  [/\bIPsec\b/i, { 'ssl-vpn': NO_IPSEC }],
  [/\bSSL[- ]?VPN\b/i, { tunnel: 'SSL VPN, where it is in use, is not stopped by this.' }],
  [
    /\b(?:hardware|hard)[- ]?tokens?\b|\bSMS\b|\b(?:typed?|typing|enter) (?:in )?(?:the |a )?codes?\b/i,
    { push: 'Users who type a code are not stopped by this.' },
  ],
];

/** How users get in meanwhile, as far as the only cause leaves a way. */
export function otherWayText(causes: readonly Finding[]): string {
  const reach = reachOf(causes);
  return reach === undefined ? '' : assume(NOT_STOPPED[reach] ?? '', causes);
}

/** Whether the cause stops a kind of users or tunnels that the question names; else the text is empty. */
export function kindText(sentence: string, causes: readonly Finding[]): string {
  const reach = reachOf(causes);
  return reach === undefined
    ? ''
    : assume(KINDS.find(([words]) => words.test(sentence))?.[1][reach] ?? '', causes);
}

function reachOf([cause, ...others]: readonly Finding[]): Reach | undefined {
  return others.length > 0 ? undefined : REACH[(cause && getRule(cause.rule)?.stops) ?? 'one account'];
}
