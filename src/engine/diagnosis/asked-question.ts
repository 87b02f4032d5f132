import type { Attempt } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { nameList, upperFirst } from '../rules/shared/logins.ts';
import { inOneLine } from '../text/one-line.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import { isNamedIn } from './findings.ts';

type Answer = NonNullable<Diagnosis['answers']>[number];

/** Where the cause lies, for rules whose fix is not typed on the FortiGate. The others are answered by their lines to paste. */
const PLACES: Readonly<Partial<Record<RuleId, string>>> = {
  'ike-certificate-mismatch':
    'both sides: the certificate of the client is not the one that the tunnel accepts',
  'ike-peer-id-mismatch': 'both sides: the local ID of the client is not the one that the tunnel accepts',
  'ike-proposal-mismatch': 'both sides: client and tunnel have no proposal in common',
  'ike-psk-mismatch': 'both sides: client and tunnel have different keys',
  'ldap-group-mismatch': 'the groups of the account: the password is right',
  'ldap-server-unreachable': 'the server or the way to it, as the FortiGate asked and got no answer',
  'ldap-user-refused': 'the directory, which refuses the account; the FortiGate passes that on',
  'ldaps-certificate-untrusted': 'the FortiGate, which does not know the CA of the server’s certificate',
  'local-account-expired-or-disabled': 'the account on the FortiGate; no other server is asked',
  'local-password-wrong': 'the password that was typed, which the FortiGate checks itself',
  'radius-authenticator-invalid': 'both sides: the FortiGate drops the answer of the RADIUS server',
  'radius-rejected': 'the RADIUS server, which refuses the login; the FortiGate passes that on',
  'radius-server-unreachable': 'the server or the way to it, as the FortiGate asked and got no answer',
  'saml-idp-certificate-wrong': 'the FortiGate, which has another certificate of the identity provider',
  'saml-response-unsigned': 'the identity provider, which signs less than this FortiOS asks for',
  'source-ip-blocked': 'the FortiGate, which blocks the address after failed logins',
  'user-not-in-vpn-rule': 'the FortiGate, whose VPN rules have no group with this user',
};

/** Rules about one account: other users are not affected. */
const OF_ACCOUNT: ReadonlySet<RuleId> = new Set<RuleId>([
  'ldap-group-mismatch',
  'ldap-user-not-found',
  'ldap-user-refused',
  'local-account-expired-or-disabled',
  'local-password-wrong',
  'token-clock-drift',
  'token-locked',
  'token-not-activated',
  'two-factor-not-assigned',
  'user-not-in-vpn-rule',
]);

/** The users whom a cause stops, for rules about more than one account. */
const STOPS: Readonly<Partial<Record<RuleId, string>>> = {
  'ldap-bind-account-refused': 'every user of this directory',
  'ldap-server-unreachable': 'every user of this server',
  'ldaps-certificate-untrusted': 'every user of this server',
  'radius-authenticator-invalid': 'every user of this server',
  'radius-server-unreachable': 'every user of this server',
  'saml-clock-skew': 'every SAML login',
  'saml-idp-certificate-wrong': 'every SAML login',
  'saml-response-unsigned': 'every SAML login',
  'source-ip-blocked': 'everybody behind this address',
};

const MAX_ANSWERS = 2;
/** `is the box ok?`, where `the firewall or AD?` asks which. */
const IF_SOUND = /\b(?:ok(?:ay)?|fine|healthy)\b/i;

/** What a person asks in the text, answered where the findings decide it. */
export function answerQuestions(
  { explainedLines }: Facts,
  attempts: readonly Attempt[],
  findings: readonly Finding[],
): Diagnosis['answers'] {
  const causes = findings.filter(
    ({ explainedBy, confidence, concerns }) =>
      (explainedBy ?? concerns) === undefined && confidence !== 'possible',
  );
  const users = [...new Set(attempts.map(({ user }) => user))];
  const answers = (valueIfKnown(explainedLines) ?? []).flatMap(({ kind, said, quote }): readonly Answer[] => {
    const answer =
      kind === 'asked-place'
        ? placeText(causes, users, IF_SOUND.test(said))
        : kind === 'asked-who'
          ? scopeText(causes, attempts)
          : '';
    return answer === '' ? [] : [{ question: inOneLine(said), answer, evidence: { ...quote } }];
  });
  return answers.length === 0 ? undefined : answers.slice(0, MAX_ANSWERS);
}

function placeText(causes: readonly Finding[], users: readonly string[], isIfSound: boolean): string {
  const places = causes.map((cause) => ({ cause, place: placeOf(cause) }));
  const known = places.filter(({ place }) => place !== undefined);
  const [first, second] = known;
  if (first?.place === undefined || known.length < places.length) return '';
  if (second === undefined) return `${isIfSound ? `The cause: ${first.place}` : upperFirst(first.place)}.`;
  const whose = ({ title }: Finding) => nameList(users.filter((user) => isNamedIn(title, user)));
  if (known.some(({ cause }) => whose(cause) === '')) return '';
  return known.map(({ cause, place }) => `${whose(cause)}: ${place}.`).join(' ');
}

function placeOf({ rule, fix }: Finding): string | undefined {
  if (Object.hasOwn(PLACES, rule)) return PLACES[rule as RuleId];
  return fix.apply.length > 0 ? 'the FortiGate: the lines below are typed there' : undefined;
}

/** Whether the cause concerns one user or several. */
function scopeText(causes: readonly Finding[], attempts: readonly Attempt[]): string {
  const [first] = causes;
  if (!first) return '';
  if (causes.every(({ rule }) => OF_ACCOUNT.has(rule as RuleId))) {
    const others = attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [user] : []));
    const got = others.length === 0 ? '' : `; ${nameList(others)} got in`;
    return causes.length === 1
      ? `The cause lies in this account and stops nobody else${got}.`
      : `Each of these accounts has a cause of its own${got}.`;
  }
  const stops = STOPS[first.rule as RuleId];
  return stops === undefined ? '' : `This stops ${stops}, not one user alone.`;
}
