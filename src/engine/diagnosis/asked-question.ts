import type { Quote } from '../evidence/types.ts';
import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { Hop } from '../facts/hop.ts';
import type { AskedQuestion, ExplainedLine, QuestionTopic } from '../facts/values.ts';
import { formatVersion, hasSince } from '../fortios/version.ts';
import { ruleOf } from '../rules/all-rules.ts';
import { isNamedIn, nameList, upperFirst } from '../rules/shared/logins.ts';
import { inOneLine } from '../text/one-line.ts';
import {
  assume,
  CAUSE,
  causePlace,
  notText,
  otherWayText,
  POSSIBLE_CAUSE,
  scopeText,
} from './cause-answers.ts';
import { meaningText } from './code-meaning.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import { asksFactor, saysTrouble } from './explained-lines.ts';
import { isUnexplained } from './findings.ts';
import { sideText, thingText } from './suspected-things.ts';

type Answer = NonNullable<Diagnosis['answers']>[number];

const MAX_ANSWERS = 3;
/** `is the box ok?`, where `the firewall or AD?` asks which. */
const IF_SOUND = /\b(?:ok(?:ay)?|fine|healthy)\b/i;
/** `do I have to ask the ISP to open something?`, `muss ich bei Microsoft etwas ändern?` */
const ASKS_OTHERS = /\b(?:ask|call|contact|raise (?:it|this) with|change)\b|ändern\b/i;
const UPDATE = /update|upgrade|patch/i;
/** `is it safe to post the config?` asks of the text, `can I send this to the customer?` of the answer. */
const OF_TEXT =
  /\b(?:paste|\w{0,20}forum|public|Ausgabe|output|ENC|logs?|lines?|config\w{0,9}|captures?|dumps?)\b/i;

export interface AskedCase {
  readonly facts: Facts;
  readonly attempts: readonly Attempt[];
  readonly findings: readonly Finding[];
  readonly verdict: Diagnosis['verdict'];
  /** Number of secrets that were hidden. */
  readonly secrets: number;
}

/** What a person asks in the text, answered where the findings decide it. */
export function answerQuestions(asked: AskedCase): Diagnosis['answers'] {
  const { questions, explainedLines } = asked.facts;
  const open = asked.findings.filter(({ explainedBy, concerns }) => (explainedBy ?? concerns) === undefined);
  const sure = open.filter(({ confidence }) => confidence !== 'possible');
  const view: View = {
    ...asked,
    causes: sure.length === 0 && open.length === 1 ? open : sure,
    users: [...new Set(asked.attempts.map(({ user }) => user))],
  };
  const given: Answer[] = [];
  const seen = new Set<string>();
  const add = (kind: string, said: string, quote: Quote, answer: string) => {
    const [yesOrNo, because] = splitReason(answer);
    const isToEach = yesOrNo !== '' && because !== '';
    const key = answer === UNDECIDED ? answer : kind + (isToEach ? said : answer);
    if (answer === '' || given.length === MAX_ANSWERS || seen.has(key)) return;
    seen.add(key);
    const isKnown = because !== '' && given.some((each) => each.answer.includes(because));
    const text = isKnown ? yesOrNo : answer;
    if (text === '') return;
    given.push({ question: inOneLine(said), answer: text, evidence: { ...quote } });
  };
  for (const question of valueIfKnown(questions) ?? [])
    add(question.topic, question.said, question.quote, answerTo(question, view));
  for (const { kind, said, quote } of valueIfKnown(explainedLines) ?? [])
    add(kind, said, quote, remarkOn(kind, said, view));
  return given.length === 0 ? undefined : given;
}

interface View extends AskedCase {
  readonly causes: readonly Finding[];
  readonly users: readonly string[];
}

const BECAUSE = new RegExp(`${CAUSE}|${POSSIBLE_CAUSE}`);

/** `No. The cause: the token, which is locked.` as `No.` and the rest */
function splitReason(answer: string): readonly [yesOrNo: string, because: string] {
  const at = answer.search(BECAUSE);
  return at === -1 ? [answer, ''] : [answer.slice(0, at).trim(), answer.slice(at)];
}

function answerTo(question: AskedQuestion, view: View): string {
  const { topic, said, sentence } = question;
  const answer = ownAnswer(topic, sentence, view) ?? GENERAL[topic](question, view);
  return OPEN.test(said) && YES_OR_NO.test(answer) ? openText(question, answer, view) : answer;
}

/** Asks for a thing, a place or a name, which no yes or no answers: `what do we have to change?` */
const OPEN =
  /^(?:(?:and|but|so|or|und|oder|et|y|en) )?(?:what|which|who(?:m|se)?|how(?! (?:many|much))|where|was(?= (?:genau |exakt )?(?:muss|müssen|kann|können|soll|sollen|ist|haben|brauch\w{1,3}) )|welche[rsnm]?|wer|wem|wo|wie(?! viele?)|que|qu['’]est-ce|quel(?:le)?s?|qui|comment|¿?(?:qué|quién|cómo|dónde|cuál)|wat|welke|hoe(?! veel)|waar)(?=[\s,'’])/iu;
const YES_OR_NO = /^(?:yes|no|not needed|probably not|better not)\b/i;

/** What answers an open question where the answer at hand begins with yes or no. */
function openText({ topic }: AskedQuestion, answer: string, { causes, users }: View): string {
  if (topic === 'who') return answer;
  if (topic !== 'change') return placeText(causes, users, false);
  if (/^yes/i.test(answer)) return 'On the FortiGate, as described below.';
  const because = splitReason(answer)[1];
  return because === '' ? '' : `Nothing on the FortiGate. ${because}`;
}

const none = () => '';

/** Answers of which every rule has its part; for the topics without one only rules know what is true. */
const GENERAL: Readonly<Record<QuestionTopic, (question: AskedQuestion, view: View) => string>> = {
  place: ({ said, sentence }, view) =>
    (ASKS_OTHERS.test(sentence) && !OPEN.test(said) && notTheirs(view.causes)) ||
    (!OPEN.test(said) && sideText(said, view.causes)) ||
    placeText(view.causes, view.users, IF_SOUND.test(said)) ||
    undecidedText(view),
  thing: ({ sentence }, view) => thingText(sentence, view.causes) || undecidedText(view),
  meaning: ({ said }, { causes }) => meaningText(said, causes),
  who: (_, { causes, attempts }) => scopeText(causes, attempts, false),
  factor: (_, { causes, attempts }) =>
    factorText(attempts) || pushText('No: the second factor is still asked for, as a code to type.', causes),
  port: ({ said }, { facts }) => portText(said, facts),
  share: ({ sentence }, view) => shareText(sentence, view),
  buy: (_, view) =>
    soundText('No', view) || notText('No', view.causes) || (view.findings.length === 0 ? LICENCE : ''),
  rollback: (_, view) => notText('Not needed', view.causes) || undecidedText(view),
  vendor: (_, { causes }) => notText('Not needed', causes),
  restart: (_, { causes }) => changeText('restart', causes),
  change: (_, { causes }) => changeText('change', causes),
  attack: (_, { causes }) => notText('Nothing here shows an attack', causes),
  password: (_, view) => passwordText(view) || undecidedText(view),
  token: (_, view) => tokenText(view),
  ready: readyText,
  solved: readyText,
  todo: (_, view) =>
    soundText(saysTrouble(view.facts) ? 'Nothing, as far as this log shows' : 'Nothing has to be done', view),
  meanwhile: (_, { causes }) =>
    pushText('Users can type the code that the app shows; the second factor can stay on.', causes) ||
    otherWayText(causes),
  clients: (_, { causes }) =>
    pushText('No: phones and VPN clients stay as they are.', causes) ||
    (causes.every((cause) => SERVER.test(causePlace(cause) ?? '')) ? notText('No', causes) : ''),
  exempt: none,
  risk: none,
  sound: none,
  update: none,
  other: none,
};

/** What they ask of the text is the same whatever the cause. */
const OF_NO_CAUSE: ReadonlySet<QuestionTopic> = new Set(['share', 'meaning']);

/** What the rules of the causes say to such a question, where all say the same. */
function ownAnswer(topic: QuestionTopic, sentence: string, { causes }: View): string | undefined {
  const answers = causes.map(
    ({ rule }) =>
      ruleOf(rule)?.answers?.find(([asked]) =>
        typeof asked === 'string' ? asked === topic : !OF_NO_CAUSE.has(topic) && asked.test(sentence),
      )?.[1],
  );
  const [answer] = answers;
  return answer !== undefined && answers.every((each) => each === answer)
    ? assume(answer, causes)
    : undefined;
}

/** What a person says of the time or the place of the trouble. */
function remarkOn(kind: ExplainedLine['kind'], said: string, view: View): string {
  const { causes, attempts } = view;
  if (kind === 'said-where') return ownAnswer('who', said, view) ?? scopeText(causes, attempts, true);
  if (kind !== 'said-since') return '';
  if (!UPDATE.test(said)) return beginText(attempts);
  return ownAnswer('update', said, view) ?? updateText(view);
}

/** Whether others have to do something, where only the FortiGate has to be changed */
function notTheirs(causes: readonly Finding[]): string {
  return causes.every((cause) => causePlace(cause)?.startsWith('the FortiGate')) ? notText('No', causes) : '';
}

const UNDECIDED = 'This text does not decide it yet.';

/** A question that this text leaves open: it shows a login that failed and not why, or no login. */
function undecidedText({ findings, attempts, verdict }: View): string {
  const isOpen =
    attempts.length === 0
      ? verdict === 'inconclusive'
      : attempts.some(({ outcome }) => outcome !== 'succeeded');
  return findings.every(isUnexplained) && isOpen ? UNDECIDED : '';
}

function shareText(sentence: string, { secrets }: View): string {
  if (!OF_TEXT.test(sentence)) {
    return 'Yes, this answer: passwords, keys and serial numbers are hidden in it; names and addresses are not.';
  }
  return secrets === 0
    ? 'ftm-check found no secret in the text; names and addresses are in it.'
    : `Not as it is: the text holds ${secrets === 1 ? 'a secret' : `${secrets} secrets`} (hidden in this answer), names and addresses.`;
}

/** Places that no client shares. */
const SERVER = /^the (?:directory|RADIUS server|identity provider|server)/;
/** Places that lie on the FortiGate in part, or may. */
const IN_PART = /^(?:both|the LDAP entry|the name|the groups)/;

/** Whether the FortiGate has to be changed, or started again. */
function changeText(topic: 'restart' | 'change', causes: readonly Finding[]): string {
  const isTyped = causes.length > 0 && causes.every(({ fix }) => fix.apply.length > 0);
  if (isTyped)
    return assume(
      topic === 'change' ? 'Yes, by the lines below.' : 'No restart: the lines below suffice.',
      causes,
    );
  const [cause] = causes;
  const place = (cause && causePlace(cause)) ?? '';
  if (topic === 'change' && causes.length === 1 && place.startsWith('the FortiGate'))
    return assume('Yes, as described below.', causes);
  return topic === 'change' && IN_PART.test(place) ? '' : notText('No', causes);
}

function passwordText({ causes, attempts }: View): string {
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  if (failed.length > 0 && failed.every(({ milestones }) => milestones.passwordAccepted !== undefined))
    return causes.length === 0
      ? 'No: the password was accepted.'
      : `No: the password was accepted. ${notText('', causes).slice(2)}`.trim();
  const isOfPassword = causes.some((cause) =>
    /\bpassword|\baccount\b/i.test(`${cause.title} ${causePlace(cause) ?? ''}`),
  );
  return isOfPassword ? '' : notText('No', causes);
}

/** Whether all is well, for a question whether it may go on; `is it still wrong?` asks the opposite. */
function readyText({ topic, sentence }: AskedQuestion, view: View): string {
  const { causes, verdict, findings, attempts } = view;
  const isStill = /\bstill\b/i.test(sentence);
  if (causes.some(({ confidence }) => confidence !== 'possible'))
    return isStill ? 'Yes: see what stands below.' : 'Not yet: first what stands below.';
  if (causes.length > 0) return 'Not yet: first check the possible cause below.';
  if (verdict === 'healthy' && attempts.length === 0)
    return 'The settings that were read are in order; let one user log in before.';
  const sound = soundText(`${isStill ? 'No' : 'Yes'}, as far as this log shows`, view);
  if (sound !== '')
    return topic === 'ready' ? `${sound} One login from each group and network proves the rest.` : sound;
  return findings.length === 0 ? 'This text does not show it yet.' : '';
}

/** `No: marlow got in.`, where nothing was found and the last login of each user succeeded */
function soundText(answer: string, { attempts, findings, facts }: View): string {
  const isPart = valueIfKnown(facts.debugLog)?.moreAttempts !== undefined;
  const last = [...new Map(attempts.map((each) => [each.user, each])).values()];
  if (findings.length > 0 || isPart || last.length === 0) return '';
  if (last.some(({ outcome, user }) => outcome !== 'succeeded' || user === UNNAMED_USER)) return '';
  const isRetried = attempts.some(({ outcome }) => outcome !== 'succeeded');
  const gotIn = `${answer}: ${nameList(last.map(({ user }) => user))} got in`;
  if (isRetried) return `${gotIn} after a login that failed.`;
  return saysTrouble(facts)
    ? `${gotIn}. The trouble that the text speaks of is not in this log.`
    : `${gotIn}.`;
}

const LICENCE =
  'Push needs a FortiToken Mobile token for each user, from a licence or one of the two trial tokens; logins without push need none.';

function placeText(causes: readonly Finding[], users: readonly string[], isIfSound: boolean): string {
  const places = causes.map((cause) => ({ cause, place: causePlace(cause) }));
  const known = places.filter(({ place }) => place !== undefined);
  const [first, second] = known;
  if (first?.place === undefined || known.length < places.length) return '';
  if (second === undefined) {
    if (isIfSound) return `${CAUSE}${first.place}.`;
    const isPossible = first.cause.confidence === 'possible';
    return isPossible ? `${POSSIBLE_CAUSE}${first.place}.` : `${upperFirst(first.place)}.`;
  }
  const whose = ({ title }: Finding) => nameList(users.filter((user) => isNamedIn(title, user)));
  if (known.some(({ cause }) => whose(cause) === '')) return '';
  return known.map(({ cause, place }) => `${whose(cause)}: ${place}.`).join(' ');
}

function factorText(attempts: readonly Attempt[]): string {
  const isAsked = attempts.every(
    ({ outcome, user, milestones }) =>
      outcome === 'succeeded' && user !== UNNAMED_USER && asksFactor(milestones),
  );
  if (attempts.length === 0 || !isAsked) return '';
  return `No: ${nameList([...new Set(attempts.map(({ user }) => user))])} got in with a second factor, which the FortiGate asked for.`;
}

/** A token is no matter of a login that was refused before one was asked for, or of another cause. */
function tokenText({ causes, attempts }: View): string {
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const isBefore =
    causes.length > 0 &&
    causes.every(({ hop, confidence }) => hop === 'login' && confidence === 'certain') &&
    failed.length > 0 &&
    failed.every(({ milestones }) => milestones.passwordAccepted === undefined && !asksFactor(milestones));
  if (isBefore) return 'No: the login is refused before a token is asked for.';
  const ofPush = pushText('No: with a new token the push would fail in the same way.', causes);
  if (ofPush !== '') return ofPush;
  const isOfToken = causes.some((cause) => /token|phone/i.test(`${cause.title} ${causePlace(cause) ?? ''}`));
  return isOfToken ? '' : notText('No', causes);
}

/** The text where only pushes fail, whatever the token and the client. */
function pushText(text: string, causes: readonly Finding[]): string {
  const isOfPush = causes.length > 0 && causes.every(({ hop }) => PUSH_HOPS.has(hop));
  return isOfPush ? assume(text, causes) : '';
}

const PUSH_HOPS: ReadonlySet<Hop> = new Set(['push-service', 'push-request', 'callback', 'tls']);

function portText(said: string, { pushService }: Facts): string {
  const port = Number(/\bport (\d{2,5})\b/i.exec(said)?.[1]);
  const push = valueIfKnown(pushService)?.serverPort.value;
  return push === undefined || push === port
    ? ''
    : `SSL VPN on ${port} does not clash with push, which uses TCP ${push}.`;
}

/** A release that brought what was found, else where the cause lies. */
function updateText({ causes, users, facts }: View): string {
  const version = valueIfKnown(facts.version);
  const [first] = causes;
  const since = first && ruleOf(first.rule)?.edge?.since;
  if (since) {
    const own = version && since.find((each) => each.startsWith(`${version.major}.${version.minor}.`));
    const from = nameList(own === undefined ? since : [own]);
    const runs = version === undefined ? '' : `; this device runs ${formatVersion(version)}`;
    return version && !hasSince(version, since) ? '' : `It fits: FortiOS does this from ${from} on${runs}.`;
  }
  const place = placeText(causes, users, true);
  const isPossible = first?.confidence === 'possible';
  return place.startsWith(CAUSE)
    ? `Nothing in this text ties it to the update. ${isPossible ? place.replace(CAUSE, POSSIBLE_CAUSE) : place}`
    : '';
}

/** When the first login failed, where one before it succeeded. */
function beginText(attempts: readonly Attempt[]): string {
  const timed = attempts.filter(
    ({ startedAt, outcome }) => startedAt !== undefined && outcome !== 'incomplete',
  );
  const ordered = timed.toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
  const at = ordered.findIndex(({ outcome }) => outcome !== 'succeeded');
  const [failed, good] = [ordered[at], ordered[at - 1]];
  if (!failed || !good) return '';
  return `The first failed login in this log is that of ${failed.user} at ${timeOf(failed, good)}; before it ${good.user} got in at ${timeOf(good, failed)}.`;
}

/** The time of day where both are of one day. Sample: `2026-03-02 09:12:04`. */
function timeOf({ startedAt: stamp = '' }: Attempt, { startedAt: other = '' }: Attempt): string {
  const isSameDay = stamp.slice(0, DATE_LENGTH) === other.slice(0, DATE_LENGTH);
  return isSameDay ? stamp.slice(DATE_LENGTH).trim() || stamp : stamp;
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;
