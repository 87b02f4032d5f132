import { hopIndex } from '../facts/hop.ts';
import { getRule } from '../rules/all-rules.ts';
import { isNamedIn, nameList, upperFirst } from '../rules/shared/logins.ts';
import type { Finding } from './diagnosis.ts';

const IF_SO = 'If so, ';
/** A word that keeps its first letter inside of a sentence: a name, or one with a further capital (`FortiOS`). */
const PROPER =
  /^(?:Fortinet|Microsoft|Windows|Push|Entra|Okta|Android|Apple|Google)\b|^\p{L}*\p{Lu}\p{L}*\p{Lu}|^\P{Lu}/u;

/** `Users should not accept the warning: …` is right whatever the cause; `Yes, if …` says what it rests on. */
const ADVICE = /^[^:.]*\b(?:should|must) not\b|^(?:Yes|No), if\b/;

/** An answer that rests on a cause which is only possible says so. */
export function assume(answer: string, [cause]: readonly Finding[]): string {
  if (answer === '' || cause?.confidence !== 'possible' || ADVICE.test(answer)) return answer;
  return `${IF_SO}${PROPER.test(answer) ? answer : answer.charAt(0).toLowerCase() + answer.slice(1)}`;
}

/** The same answer behind another one of this message that says so. */
export function assumeOnce(answer: string, before: readonly string[]): string {
  const isSaid = before.some((each) => each.startsWith(IF_SO));
  return isSaid && answer.startsWith(IF_SO) ? upperFirst(answer.slice(IF_SO.length)) : answer;
}

const LIES = { certain: 'lies', likely: 'most likely lies', possible: 'may lie' } as const;

/** `the cause lies in the token, which is locked` */
function lies({ confidence }: Finding, place: string, whose = ''): string {
  return `the cause${whose} ${LIES[confidence]} ${place}`;
}

/** Where the cause lies, of several where each names its user. */
export function causeText(causes: readonly Finding[], users: readonly string[]): string {
  const whose = ({ title }: Finding) => nameList(users.filter((user) => isNamedIn(title, user)));
  const isOne = causes.length === 1;
  const texts = causes.flatMap((cause) => {
    const place = causePlace(cause);
    if (place === undefined || (!isOne && whose(cause) === '')) return [];
    return [`${upperFirst(lies(cause, place, isOne ? '' : ` for ${whose(cause)}`))}.`];
  });
  return texts.length === causes.length ? texts.join(' ') : '';
}

/**
 * `A rollback is not needed: the cause lies in the token, which is locked.`, where the place of the only cause is known; `if
 * the cause lies there` where it is only possible.
 */
export function needless(statement: string, causes: readonly Finding[]): string {
  const [cause, ...others] = causes;
  const place = cause && causePlace(cause);
  if (!cause || place === undefined || others.length > 0) return '';
  return cause.confidence === 'possible'
    ? `${statement} if the cause lies ${place}.`
    : `${statement}: ${lies(cause, place)}.`;
}

/** `No: the cause lies …`, where the only cause lies in one place and has none of the words of what is asked about. */
export function denialText(no: string, causes: readonly Finding[], words?: RegExp): string {
  const [cause, ...others] = causes;
  const place = cause && causePlace(cause);
  if (!cause || place === undefined || others.length > 0 || cause.confidence === 'possible') return '';
  const isOpen = getRule(cause.rule)?.showsOnlySymptom || / or (?:on|in|with) | unless /.test(place);
  return isOpen || words?.test(`${cause.title} ${cause.hop} ${place}`) ? '' : needless(no, causes);
}

/** What shows whether the only cause is removed. */
export function trialText([cause, ...others]: readonly Finding[]): string {
  if (!cause || others.length > 0) return '';
  const isOfPush =
    hopIndex(cause.hop) >= hopIndex('push-service') && hopIndex(cause.hop) <= hopIndex('approval');
  const user = getRule(cause.rule)?.stops === 'one account' ? 'this user' : 'a test user';
  const login = `${isOfPush ? 'n approved push' : ' login'} of ${user} shows whether it is fixed.`;
  const text =
    cause.fix.verify.length === 0 ? `A${login}` : `The lines under Verify show the state; a${login}`;
  return assume(text, [cause]);
}

/** Whether the FortiGate has to be changed, by which lines if any. */
export function configurationText(causes: readonly Finding[]): string {
  if (isTyped(causes)) return assume('The FortiGate has to be changed, with the lines under Fix.', causes);
  return areElsewhere(causes)
    ? needless('Nothing on the FortiGate has to be changed', causes)
    : causeText(causes, []);
}

/** What has to be typed, all of it. */
export function linesText(causes: readonly Finding[]): string {
  return isTyped(causes) ? assume('The lines under Fix are what the FortiGate needs.', causes) : '';
}

/** Whether the fixes leave the FortiGate as it is. */
export function areElsewhere(causes: readonly Finding[]): boolean {
  return causes.length > 0 && causes.every(({ rule }) => getRule(rule)?.leavesFortigate);
}

export function isAt(places: RegExp, causes: readonly Finding[]): boolean {
  return causes.length > 0 && causes.every((cause) => places.test(causePlace(cause) ?? ''));
}

export function isTyped(causes: readonly Finding[]): boolean {
  return causes.length > 0 && causes.every(({ fix }) => fix.apply.length > 0);
}

/** Continues “The cause lies”. Most causes on the FortiGate are answered by their lines to type. */
function causePlace({ rule, fix }: Finding): string | undefined {
  const place = getRule(rule)?.place;
  return place === undefined && fix.apply.length > 0
    ? 'on the FortiGate, where the lines under Fix are typed'
    : place;
}
