import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { ruleOf } from '../rules/all-rules.ts';
import type { Stopped } from '../rules/rule.ts';
import { nameList } from '../rules/shared/logins.ts';
import type { Finding } from './diagnosis.ts';

/** An answer that rests on a cause which is only possible says so. */
export function assume(answer: string, [cause]: readonly Finding[]): string {
  return answer !== '' && cause?.confidence === 'possible'
    ? `${answer} (This assumes the possible cause below.)`
    : answer;
}

/** Whether the cause concerns one user or several; `isWhere` where a place of the user is in question. */
export function scopeText(
  causes: readonly Finding[],
  attempts: readonly Attempt[],
  isWhere: boolean,
): string {
  const [first] = causes;
  const stops = first && ruleOf(first.rule)?.stops;
  if (first && causes.every(({ rule }) => ruleOf(rule)?.stops === 'one account')) {
    const others = attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [user] : []));
    const got = others.length === 0 ? '' : `; ${nameList(others)} got in`;
    if (causes.length > 1) return `Each of these accounts has a cause of its own${got}.`;
    return isWhere
      ? 'The cause lies in this account, wherever the user is.'
      : `The cause lies in this account and stops no other user${got}.`;
  }
  if (stops === undefined || stops === 'one account') return isWhere ? '' : onlyText(attempts);
  if (stops === 'everybody behind this address') return `This stops ${stops}, and no one at another address.`;
  return assume(`This stops ${stops}, ${isWhere ? 'wherever they are' : 'not one user alone'}.`, causes);
}

/** One user of several fails. */
function onlyText(attempts: readonly Attempt[]): string {
  const ended = attempts.filter(({ outcome }) => outcome !== 'incomplete');
  const failed = ended.filter(({ outcome }) => outcome !== 'succeeded').map(({ user }) => user);
  const gotIn = ended.map(({ user }) => user).filter((user) => !failed.includes(user));
  const [only] = failed;
  const isOne = only !== undefined && only !== UNNAMED_USER && failed.every((user) => user === only);
  return isOne && gotIn.length > 0 ? `Only ${only} fails in this log; ${nameList(gotIn)} got in.` : '';
}

/** Logins that a cause leaves alone. */
const NOT_STOPPED: Readonly<Partial<Record<Stopped, string>>> = {
  'every SAML login': 'Logins without SAML (local users, LDAP, RADIUS) are not stopped by this.',
  'every user of this directory': 'Local users of the FortiGate are not stopped by this.',
  'every user of this server': 'Local users of the FortiGate are not stopped by this.',
  'every client of this tunnel': 'Another tunnel, or SSL VPN where it is in use, is not stopped by this.',
  'every user of SSL VPN': 'An IPsec tunnel, where there is one, is not stopped by this.',
};

/** How users get in meanwhile, as far as the only cause leaves a way. */
export function otherWayText([cause, ...others]: readonly Finding[]): string {
  const stops = cause && ruleOf(cause.rule)?.stops;
  return cause === undefined || stops === undefined || others.length > 0
    ? ''
    : assume(NOT_STOPPED[stops] ?? '', [cause]);
}

/** Begins the reason of an answer, which is given once. */
export const CAUSE = 'The cause: ';
/** The same of a cause that is only possible. */
export const POSSIBLE_CAUSE = 'Possible cause: ';

/** `No. The cause: …`, where the place of the only cause is known. */
export function notText(no: string, causes: readonly Finding[]): string {
  const [cause, ...others] = causes;
  const place = cause && causePlace(cause);
  if (!cause || place === undefined || others.length > 0) return '';
  return cause.confidence === 'possible'
    ? `Probably not. ${POSSIBLE_CAUSE}${place}.`
    : `${no}. ${CAUSE}${place}.`;
}

/** Most causes on the FortiGate are answered by their lines to paste. */
export function causePlace({ rule, fix }: Finding): string | undefined {
  const place = ruleOf(rule)?.place;
  return place === undefined && fix.apply.length > 0
    ? 'the FortiGate, where the lines below are typed'
    : place;
}
