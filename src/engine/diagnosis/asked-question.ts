import type { Quote } from '../evidence/types.ts';
import { ASKS_OF, relatedWords, toldPerson } from '../facts/accounts/asked-words.ts';
import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { type Hop, SENT_PUSH_HOPS } from '../facts/hop.ts';
import type { AskedQuestion, ExplainedLine, QuestionTopic } from '../facts/values.ts';
import { getRule } from '../rules/all-rules.ts';
import { LICENCE, RESTART } from '../rules/shared/answers.ts';
import { nameList, upperFirst } from '../rules/shared/logins.ts';
import { inOneLine } from '../text/one-line.ts';
import {
  areElsewhere,
  assume,
  assumeOnce,
  causeText,
  configurationText,
  denialText,
  isAt,
  isTyped,
  linesText,
  needless,
  trialText,
} from './cause-answers.ts';
import { meaningText } from './code-meaning.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import { asksFactor, saysTrouble } from './explained-lines.ts';
import { effectText, stepText } from './fix-effect.ts';
import { brokenBy, type Judged } from './judge.ts';
import { kindText, otherWayText, scopeText, seenText } from './scope-answers.ts';

type Answer = NonNullable<Diagnosis['answers']>[number];

const MAX_ANSWERS = 3;

export interface AskedCase {
  readonly facts: Facts;
  readonly attempts: readonly Attempt[];
  readonly findings: readonly Finding[];
  readonly judged: readonly Judged[];
  readonly verdict: Diagnosis['verdict'];
  /** Of another product the headline says what its lines decide. */
  readonly looksLike?: Diagnosis['looksLike'] | undefined;
  /** Number of secrets that were hidden. */
  readonly secrets: number;
}

/**
 * What a person asks in the text, answered where the findings decide it: by a statement about the thing that is asked
 * about, which is right whether the question asks for it or for the opposite.
 */
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
  const add = (said: string, quote: Quote, full: string) => {
    const answer = assumeOnce(
      full,
      given.map((each) => each.answer),
    );
    if (answer === '' || given.length === MAX_ANSWERS || given.some((each) => each.answer === answer)) return;
    given.push({ question: inOneLine(said), answer, evidence: { ...quote } });
  };
  for (const question of valueIfKnown(questions) ?? [])
    add(question.said, question.quote, answerTo(question, view));
  for (const { kind, said, quote } of valueIfKnown(explainedLines) ?? [])
    add(said, quote, remarkOn(kind, { said, sentence: said, quote }, view));
  return given.length === 0 ? undefined : given;
}

interface View extends AskedCase {
  readonly causes: readonly Finding[];
  readonly users: readonly string[];
}

function answerTo(question: AskedQuestion, view: View): string {
  const { topic, sentence } = question;
  const ofNamed =
    topic === 'who'
      ? kindText(sentence, view.causes)
      : topic === 'risk'
        ? stepText(sentence)
        : topic === 'change' && ASKS_OF.again.test(sentence)
          ? needless('Nothing has to be created again', view.causes)
          : '';
  return ofNamed || (ownAnswer(topic, sentence, view) ?? GENERAL[topic]?.(question, view) ?? '');
}

/** Answers of which every rule has its part; for the topics without one only rules know what is true. */
const GENERAL: Readonly<Partial<Record<QuestionTopic, (question: AskedQuestion, view: View) => string>>> = {
  place: ({ sentence }, view) =>
    denialText('No', view.causes, relatedWords(sentence)) || placeText(view) || undecidedText(view),
  verify: ({ sentence }, { causes }) => (ASKS_OF.repair.test(sentence) ? trialText(causes) : ''),
  elsewhere: ({ sentence }, view) =>
    (ASKS_OF.others.test(sentence) ? scopeText(view.causes, view.attempts) : '') || placeText(view),
  'own-change': (_, { causes, users }) => causeText(causes, users),
  where: (_, { causes }) => configurationText(causes),
  request: (_, view) => forwardText(view.causes) || placeText(view),
  release: ({ sentence }, { causes }) => {
    if (isAt(/release|version|FortiOS|firmware|\bbug\b/i, causes)) return '';
    if (!ASKS_OF.bug.test(sentence)) return needless('Another release is not needed', causes);
    const no = ASKS_OF.twoOwners.test(sentence) ? 'Neither' : 'No bug';
    return denialText(no, causes) || needless('Nothing here points to a bug', causes);
  },
  meaning: ({ said }, { causes }) => meaningText(said, causes),
  who: ({ sentence }, view) =>
    scopeText(view.causes, view.attempts) ||
    ownAnswer('elsewhere', sentence, view) ||
    seenText(view.attempts),
  reinstall: ({ sentence }, { causes }) => {
    const text = needless('A new installation does not help', causes);
    return text !== '' && ASKS_OF.app.test(sentence)
      ? assume('A new installation of the app does not help, and its token would be lost.', causes)
      : text;
  },
  tell: ({ sentence }, view) => tellText(toldPerson(sentence), view),
  factor: (_, { causes, attempts }) =>
    factorText(attempts) || pushText('The second factor is still asked for, as a code to type.', causes),
  share: ({ sentence }, view) => shareText(sentence, view),
  buy: (_, view) =>
    soundText('Nothing has to be bought', view) ||
    needless('A licence is not what is missing', view.causes) ||
    (view.findings.length === 0 ? LICENCE : ''),
  rollback: (_, view) =>
    needless('A rollback is not needed', view.causes) ||
    soundText('A rollback is not needed', view) ||
    undecidedText(view),
  vendor: (_, { causes }) => needless('A ticket with Fortinet is not needed', causes),
  restart: ({ sentence }, view) => {
    const { causes } = view;
    if (undecidedText(view) !== '' && !ASKS_OF.machine.test(sentence)) return RESTART;
    if (isTyped(causes)) return assume('A restart is not needed: the lines under Fix suffice.', causes);
    if (!ASKS_OF.machine.test(sentence)) return needless('A restart of the FortiGate does not help', causes);
    return isAt(SERVER, causes) ? '' : needless('A restart does not help', causes);
  },
  risk: (_, { causes, users }) => assume(effectText(causes, users), causes),
  'side-effect': ({ sentence }, { causes, users }) =>
    ASKS_OF.exposure.test(sentence) ? '' : assume(effectText(causes, users), causes),
  change: (_, { causes }) => configurationText(causes),
  typed: (_, { causes }) => linesText(causes),
  enough: (_, { causes }) => linesText(causes),
  undo: (_, { causes }) =>
    causes.length > 0 && causes.every(({ fix }) => fix.undo.length > 0)
      ? assume('The lines under Undo bring the settings back as they were.', causes)
      : '',
  attack: (_, { causes }) => needless('Nothing here shows an attack', causes),
  password: (_, view) =>
    passwordText(view) ||
    (view.users.length === 1 ? soundText('A new password is not needed', view) : '') ||
    undecidedText(view),
  token: (_, view) =>
    tokenText(view) || (view.users.length === 1 ? soundText('The token stays as it is', view) : ''),
  'token-or-password': ({ sentence }, view) =>
    [tokenText(view), ownAnswer('password', sentence, view) ?? passwordText(view)]
      .filter(Boolean)
      .join(' ') || undecidedText(view),
  ready: (_, view) => readyText(view),
  todo: (_, view) =>
    soundText(`Nothing has to be done${saysTrouble(view.facts) ? ', as far as this log shows' : ''}`, view),
  sound: (_, view) => readSettingsText(view),
  meanwhile: (_, { causes }) =>
    pushText('Users can type the code that the app shows; the second factor can stay on.', causes) ||
    otherWayText(causes),
  clients: (_, { causes }) =>
    pushText('Phones and VPN clients stay as they are.', causes) ||
    (isAt(SERVER, causes) ||
    isAt(
      ON_FORTIGATE,
      causes.filter(({ hop }) => !OF_CLIENT.has(hop)),
    )
      ? needless('The clients stay as they are', causes)
      : ''),
  update: ({ said }, { causes, users }) => (ASKS_OF.update.test(said) ? causeText(causes, users) : ''),
};

/** What they ask of the text is the same whatever the cause. */
const OF_NO_CAUSE: ReadonlySet<QuestionTopic> = new Set(['share', 'meaning']);

/** Topics whose answer serves where a rule has none of the topic itself. */
const SIMILAR: Readonly<Partial<Record<QuestionTopic, QuestionTopic>>> = {
  'which-value': 'which-address',
  'side-effect': 'risk',
  enough: 'choice',
  choice: 'where',
};

/** What the rules of the causes say to such a question, where all say the same. */
function ownAnswer(topic: QuestionTopic, sentence: string, { causes, judged }: View): string | undefined {
  const answers = causes.map(({ rule }) => {
    const own = [...(brokenBy(rule, judged)?.answers ?? []), ...(getRule(rule)?.answers ?? [])];
    const find = (isAsked: (asked: QuestionTopic | RegExp) => boolean) =>
      own.find(([asked]) => [asked].flat().some(isAsked))?.[1];
    const similar = ASKS_OF.time.test(sentence) ? undefined : SIMILAR[topic];
    return (
      find((asked) =>
        typeof asked === 'string' ? asked === topic : !OF_NO_CAUSE.has(topic) && asked.test(sentence),
      ) ?? find((asked) => asked === similar)
    );
  });
  const [answer] = answers;
  return answer !== undefined && answers.every((each) => each === answer)
    ? assume(answer, causes)
    : undefined;
}

/** What a person says of the time or the place of the trouble. */
function remarkOn(kind: ExplainedLine['kind'], remark: Omit<AskedQuestion, 'topic'>, view: View): string {
  if (kind === 'said-where') return answerTo({ ...remark, topic: 'who' }, view);
  if (kind !== 'said-since') return '';
  return ASKS_OF.update.test(remark.said)
    ? answerTo({ ...remark, topic: 'update' }, view)
    : beginText(view.attempts);
}

/** Where the cause lies, and whether it is mended on the FortiGate. */
function placeText({ causes, users }: View): string {
  const text = causeText(causes, users);
  const isSure = text !== '' && causes.length === 1 && causes[0]?.confidence !== 'possible';
  if (!isSure || isAt(ON_FORTIGATE, causes)) return text;
  if (isTyped(causes)) return `${text} The lines under Fix change the FortiGate.`;
  return areElsewhere(causes) ? `${text} Nothing on the FortiGate has to be changed.` : text;
}

/** A question that this text leaves open: it shows a login that failed and not why, or no login. */
function undecidedText({ findings, attempts, verdict, looksLike }: View): string {
  const isOpen =
    attempts.length === 0
      ? verdict === 'inconclusive' && (looksLike?.evidence ?? []).length === 0
      : lastOfEach(attempts).some(({ outcome }) => outcome !== 'succeeded');
  return findings.length === 0 && isOpen ? 'This text does not decide it yet.' : '';
}

function shareText(sentence: string, { secrets }: View): string {
  if (!ASKS_OF.text.test(sentence))
    return 'This answer can be passed on: passwords, keys and serial numbers are hidden in it; names and addresses are not.';
  return secrets === 0
    ? 'ftm-check found no secret in the text; names and addresses are in it.'
    : `The text holds ${secrets === 1 ? 'a secret' : `${secrets} secrets`} (hidden in this answer), names and addresses: remove them before it is passed on.`;
}

/** Settings of the client belong to a cause in these steps. */
const OF_CLIENT: ReadonlySet<Hop> = new Set(['connection', 'tunnel']);
const ON_FORTIGATE = /^on the FortiGate/;
/** Places that no client shares. */
const SERVER = /^(?:at|in) the (?:directory|RADIUS server|identity provider|server)/;

/** Where the fix has a text for another person, that text says what is needed of the person. */
function forwardText([cause, ...others]: readonly Finding[]): string {
  const to = others.length === 0 ? cause?.fix.forward?.to : undefined;
  return cause === undefined || to === undefined
    ? ''
    : assume(`The text to forward says what ${to} has to do.`, [cause]);
}

/** What to say to a person: the cause, that the login works, or what a new try has to show. */
function tellText(person: string, view: View): string {
  const { causes, findings, verdict } = view;
  const [cause, ...others] = causes;
  const text = cause && others.length === 0 ? getRule(cause.rule)?.forCustomer : undefined;
  if (cause && text !== undefined) return assume(`${upperFirst(person)} can be told that ${text}.`, [cause]);
  const sound = soundText(`${upperFirst(person)} can be told that the login works`, view);
  if (sound !== '') return sound;
  return findings.length === 0 && verdict === 'inconclusive'
    ? 'The user can be asked for one more try at an agreed time, with debug on: what the client shows, and whether a push comes, decides.'
    : '';
}

function passwordText({ causes, attempts }: View): string {
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const isAccepted =
    failed.length > 0 && failed.every(({ milestones }) => milestones.passwordAccepted !== undefined);
  if (isAccepted) return `The password was accepted. ${causeText(causes, [])}`.trim();
  return needless('A new password does not help', causes);
}

/** Whether all is well, for a question whether it may go on, or is still wrong. */
function readyText(view: View): string {
  const { causes, verdict, findings, attempts } = view;
  const isSure = causes.every(({ confidence }) => confidence !== 'possible');
  if (causes.length > 0) return isSure ? needless('The fault is still there', causes) : causeText(causes, []);
  if (findings.length === 0 && verdict === 'healthy' && attempts.length === 0)
    return 'The settings that were read are in order; a login of one user shows the rest.';
  const sound = soundText('The last logins in this log succeed', view);
  if (sound !== '') return `${sound} One login from each group and network proves the rest.`;
  return findings.length === 0 ? 'This text does not show it yet.' : '';
}

/** Whether anything in a text without a login is wrong. */
function readSettingsText({ facts, attempts, findings, verdict }: View): string {
  const isRead =
    verdict === 'inconclusive' &&
    findings.length === 0 &&
    attempts.length === 0 &&
    valueIfKnown(facts.version) !== undefined;
  return isRead ? 'ftm-check found nothing wrong in this text, and no login is in it.' : '';
}

/** `Nothing has to be done: marlow got in.`, where nothing was found and the last login of each user succeeded */
function soundText(answer: string, { attempts, findings, facts }: View): string {
  const isPart = valueIfKnown(facts.debugLog)?.moreAttempts !== undefined;
  const last = lastOfEach(attempts);
  if (findings.length > 0 || isPart || last.length === 0) return '';
  if (last.some(({ outcome, user }) => outcome !== 'succeeded' || user === UNNAMED_USER)) return '';
  const isRetried = attempts.some(({ outcome }) => outcome !== 'succeeded');
  const gotIn = `${answer}: ${nameList(last.map(({ user }) => user))} got in`;
  if (isRetried) return `${gotIn} after a login that failed.`;
  return saysTrouble(facts)
    ? `${gotIn}. The trouble that the text speaks of is not in this log.`
    : `${gotIn}.`;
}

function lastOfEach(attempts: readonly Attempt[]): readonly Attempt[] {
  return [...new Map(attempts.map((each) => [each.user, each])).values()];
}

function factorText(attempts: readonly Attempt[]): string {
  const isAsked = attempts.every(
    ({ outcome, user, milestones }) =>
      outcome === 'succeeded' && user !== UNNAMED_USER && asksFactor(milestones),
  );
  if (attempts.length === 0 || !isAsked) return '';
  return `${nameList([...new Set(attempts.map(({ user }) => user))])} got in with a second factor, which the FortiGate asked for.`;
}

/** A token is no matter of a login that was refused before one was asked for, or of another cause. */
function tokenText({ causes, attempts }: View): string {
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const isBefore =
    causes.length > 0 &&
    causes.every(({ hop, confidence }) => hop === 'login' && confidence === 'certain') &&
    failed.length > 0 &&
    failed.every(({ milestones }) => milestones.passwordAccepted === undefined && !asksFactor(milestones));
  if (isBefore) return 'The token stays as it is: the login is refused before a token is asked for.';
  const ofPush = pushText(
    'The tokens stay as they are: with new ones the push would fail in the same way.',
    causes,
  );
  return ofPush || needless('The token stays as it is', causes);
}

/** The text where only pushes fail, whatever the token and the client. */
function pushText(text: string, causes: readonly Finding[]): string {
  const isOfPush = causes.length > 0 && causes.every(({ hop }) => SENT_PUSH_HOPS.has(hop));
  return isOfPush ? assume(text, causes) : '';
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
  return `The first failed login in this log is that of ${failed.user} at ${timeText(failed, good)}; before it ${good.user} got in at ${timeText(good, failed)}.`;
}

/** The time of day where both are of one day. Sample: `2026-03-02 09:12:04`. */
function timeText({ startedAt: stamp = '' }: Attempt, { startedAt: other = '' }: Attempt): string {
  const day = `${other.slice(0, 'YYYY-MM-DD'.length)} `;
  return stamp.startsWith(day) ? stamp.slice(day.length) : stamp;
}
