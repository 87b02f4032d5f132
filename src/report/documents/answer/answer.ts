import { NO_SUCH_LOGIN } from '../../../engine/diagnosis/case-headline.ts';
import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import type { Diagnosis, LiveSummary } from '../../../engine/diagnosis/diagnosis.ts';
import { DESCRIPTION } from '../../../engine/diagnosis/looks-like.ts';
import type { Hop } from '../../../engine/facts/hop.ts';
import { getRule } from '../../../engine/rules/all-rules.ts';
import { upperFirst } from '../../../engine/rules/shared/logins.ts';
import { healthyDate, sinceHealthyLines, sinceHealthyTitle } from '../changes/since-healthy-text.ts';
import {
  codePart,
  type Document,
  listPart,
  markedListPart,
  type Part,
  prosePart,
  quotesPart,
  sectionPart,
} from '../document.ts';
import { list, plural, printableProse } from '../printable.ts';
import { decisiveQuote } from '../quotes.ts';
import type { ComparisonView } from './comparison.ts';
import { deviceLine, type RequestDetails } from './device-line.ts';
import { findingSections } from './finding-sections.ts';
import { headlineMark, isQuestionDoubted, isQuestionMisspelt } from './headline-mark.ts';
import { beyondPath, loginPathTitle, shownHops } from './login-path.ts';
import { gotInText, groupLogins, isNamelessAlone, loginLines, withTime } from './logins.ts';
import { describeSteps, isTalk, type NextStep, neededText, nextStepParts } from './next-step-texts.ts';
import { portLine, portMatters, portNote } from './port-line.ts';
import { failedTimingText, healthyHint, moreAttemptsText, redactionText, seenSoFar } from './summary.ts';
import { contradictions, uncheckedParts } from './unchecked.ts';

export interface AnswerContext extends RequestDetails {
  readonly comparison?: ComparisonView | undefined;
  readonly sinceHealthy?: SinceHealthy | undefined;
  /** How a check is requested, for the offer to watch a login. */
  readonly command?: string;
  /** What the reader does with the output of a command; continues "Run this on the FortiGate and". */
  readonly withOutput?: string | undefined;
}

/** Number of failed logins above the fix; more are collapsed. */
const MAX_OPEN = 3;

/** The answer to one case: what is wrong, what to type, why, what else, how it was found. */
export function createAnswer(diagnosis: Diagnosis, options: AnswerContext = {}): Document {
  const { looksLike, verdict, redactions } = diagnosis;
  const hidden = redactionText(redactions);
  return {
    mark: headlineMark(diagnosis),
    verdict,
    headline: headlineText(diagnosis),
    about: looksLike ? looksLike.send : deviceLine(diagnosis, options),
    parts: looksLike
      ? [
          ...answerParts(diagnosis),
          ...sectionPart('looks-like', 'minor', '', quotesPart(looksLike.evidence)),
          ...(looksLike.what === DESCRIPTION
            ? sectionPart('next-1', 'fold', 'What to type on the FortiGate', describeSteps(diagnosis))
            : []),
        ]
      : [
          ...leftOnParts(diagnosis),
          ...comparisonSection(options.comparison),
          ...answerParts(diagnosis),
          ...(diagnosis.findings.length > 0 ? causeParts : noCauseParts)(diagnosis, options),
          ...explainedSection(diagnosis),
        ],
    foot: hidden === '' ? [] : [`Redacted: ${hidden}`],
  };
}

function causeParts(diagnosis: Diagnosis, { sinceHealthy, withOutput }: AnswerContext): readonly Part[] {
  const [first, ...others] = findingSections(diagnosis);
  return [
    ...loginParts(diagnosis),
    ...(first ? [first] : []),
    ...observedParts(diagnosis),
    ...changedSection(sinceHealthy),
    ...others,
    // Words of a person show no step.
    ...(isTalk(diagnosis.sources) && diagnosis.attempts.length === 0
      ? []
      : pathSection(diagnosis, loginPathTitle(diagnosis))),
    ...openSections(diagnosis, withOutput),
  ];
}

/** `“is it the firewall or AD?” The directory, which refuses the account; …` */
function answerParts({ answers = [] }: Diagnosis): readonly Part[] {
  return answers.flatMap(({ question, answer }) =>
    prosePart(`“${printableProse(question)}” ${printableProse(answer)}`),
  );
}

/** Without a finding the next step comes first. */
function noCauseParts(diagnosis: Diagnosis, options: AnswerContext): readonly Part[] {
  const { command = 'ftm-check check', sinceHealthy, withOutput } = options;
  const isHealthy = diagnosis.verdict === 'healthy';
  const fine = isHealthy ? [] : fineReasons(diagnosis);
  return [
    ...prosePart(healthyHint(diagnosis, { ...options, command }), { tone: 'muted' }),
    ...loginParts(diagnosis),
    ...(isHealthy || isQuestionMisspelt(diagnosis)
      ? []
      : nextStepSections(nextStepParts(diagnosis, withOutput))),
    ...changedSection(sinceHealthy),
    ...observedParts(diagnosis),
    ...pathSection(
      diagnosis,
      isHealthy
        ? loginPathTitle(diagnosis)
        : fine.length === 0
          ? 'Steps that were seen'
          : `What could be checked already (${fine.length} fine)`,
      fine,
    ),
    ...openSections(diagnosis, withOutput),
  ];
}

/** Codes of FortiClient, and lines that look like a fault. */
function explainedSection(diagnosis: Diagnosis): readonly Part[] {
  const { explained = [], findings, attempts, verdict, sources } = diagnosis;
  const title = `Explained: ${list(explained.map(({ shown }) => shown.replace(/^-(?=\d)/, 'code -')))}`;
  // A sound login is explained to a person who asks about its lines.
  const isAll = verdict === 'healthy' || findings.length + attempts.length === 0;
  // Of several, each begins with what it is about.
  const texts = explained.map(({ shown, text }) =>
    explained.length === 1 || text.includes(shown) ? text : `\`${shown}\`: ${text}`,
  );
  return sectionPart('explained', isAll ? 'open' : 'fold', title, [
    ...listPart(texts.map(printableProse)),
    // The words of a person are known to the reader.
    ...(isTalk(sources) ? [] : quotesPart(explained.map(({ evidence }) => evidence))),
  ]);
}

/** Debug that may still be on is reported right below the headline. */
function leftOnParts({ live }: Diagnosis): readonly Part[] {
  if (live?.state !== 'left-on') return [];
  return [...prosePart(liveLine(live), { tone: 'strong' }), ...codePart(live.commands, 'debug off')];
}

function comparisonSection(comparison: ComparisonView | undefined): readonly Part[] {
  if (comparison === undefined) return [];
  const items = comparison.groups.flatMap(({ label, findings }) =>
    findings.map(({ title }) => `${label}: ${printableProse(title)}`),
  );
  return items.length === 0
    ? prosePart(comparison.summary)
    : sectionPart('compared', 'fold', comparison.summary, listPart(items));
}

/** Failed logins first, one per line; successful ones share a line. */
function loginParts(diagnosis: Diagnosis): readonly Part[] {
  const logins = groupLogins(diagnosis);
  const { failed, succeeded } = logins;
  const among = diagnosis.attempts;
  if (diagnosis.findings.length > 0 && isNamelessAlone(among)) return [];
  const lines = loginLines(failed, { among });
  const gotIn = gotInText(logins);
  const alone = succeeded.length === 1 ? [withTime(gotIn, succeeded, failed)] : [];
  const open = lines.length > MAX_OPEN ? lines.slice(0, MAX_OPEN - 1) : lines;
  const rest = lines.slice(open.length);
  const more = rest.reduce((sum, { count }) => sum + count, 0);
  const folded = succeeded.length > 1 ? succeeded : [];
  const titles = [
    more === 0 ? '' : `❌ ${plural(more, 'more login')} failed`,
    folded.length === 0 ? '' : gotIn,
  ].filter((title) => title !== '');
  return [
    ...markedListPart([...open.map(({ text }) => text), ...alone]),
    ...sectionPart(
      'logins',
      'fold',
      titles.join(' · '),
      markedListPart([...rest, ...loginLines(folded, { withTimes: true })].map(({ text }) => text)),
    ),
    ...prosePart(moreAttemptsText(diagnosis), { tone: 'muted' }),
  ];
}

function observedParts(diagnosis: Diagnosis): readonly Part[] {
  const times = failedTimingText(diagnosis);
  const { live, portMap, checks } = diagnosis;
  const notes = checks.filter(({ noted, unasked }) => noted && !unasked);
  return [
    ...notes.flatMap(({ reason }) => prosePart(`${upperFirst(printableProse(reason))}.`, { label: 'Note' })),
    ...prosePart(times, { label: 'Time' }),
    ...(times === ''
      ? prosePart(loginTimeline(diagnosis), { tone: timeMatters(diagnosis) ? 'muted' : 'minor' })
      : []),
    ...(portMatters(diagnosis) ? prosePart(portLine(portMap), { tone: 'muted' }) : []),
    ...(live?.state === 'left-on' ? [] : prosePart(liveLine(live), { tone: 'muted' })),
    { kind: 'picture', name: 'time' },
  ];
}

/** What changed since the device was healthy, behind the change that explains most. */
function changedSection(since: SinceHealthy | undefined): readonly Part[] {
  if (since === undefined) return [];
  const title = printableProse(sinceHealthyTitle(since));
  if (since.changes.length === 0) return prosePart(title, { tone: 'muted' });
  return sectionPart('changed', 'fold', title, [
    ...prosePart(`Compared with the check of ${healthyDate(since)}, when it worked:`),
    ...listPart(sinceHealthyLines(since).map(printableProse)),
  ]);
}

/** What excludes a cause each, several causes by the same once. */
function fineReasons({ checks }: Diagnosis): readonly string[] {
  const fine = checks.filter(({ verdict, unasked }) => verdict === 'healthy' && !unasked);
  return [...new Set(fine.map(({ reason }) => printableProse(reason)))];
}

function pathSection(diagnosis: Diagnosis, title: string, fine: readonly string[] = []): readonly Part[] {
  const hops = shownHops(diagnosis).map((hop) => withDecisiveQuote(hop, diagnosis));
  const steps = { kind: 'steps', hops, firstBrokenHop: diagnosis.firstBrokenHop } as const;
  return [
    ...prosePart(seenSoFar(diagnosis), { tone: 'muted' }),
    ...sectionPart('path', 'fold', title, [
      ...(hops.length === 0 ? [] : [steps]),
      ...listPart(fine),
      ...prosePart(beyondPath(diagnosis), { tone: 'muted' }),
      ...prosePart(portNote(diagnosis), { tone: 'minor' }),
    ]),
  ];
}

/** The line that shows the break comes first. */
function withDecisiveQuote(hop: Diagnosis['hops'][number], { findings, firstBrokenHop }: Diagnosis) {
  const finding = hop.id === firstBrokenHop && findings.find((each) => each.hop === hop.id);
  const quote = finding ? decisiveQuote(finding) : undefined;
  return quote === undefined ? hop : { ...hop, evidence: [quote] };
}

function openSections(diagnosis: Diagnosis, withOutput: string | undefined): readonly Part[] {
  const { title, parts } = uncheckedParts(diagnosis, withOutput);
  return [
    ...sectionPart(
      'contradictory',
      'fold',
      'The evidence contradicts itself',
      listPart(contradictions(diagnosis)),
    ),
    ...sectionPart('unchecked', 'fold', title, parts),
  ];
}

/** The most useful step is open, the others are collapsed. */
function nextStepSections([first, ...others]: readonly NextStep[]): readonly Part[] {
  return [
    ...(first ? first.parts : []),
    ...others.flatMap(({ title, parts }, index) => sectionPart(`next-${index + 2}`, 'fold', title, parts)),
  ];
}

/** Four lines of 26 characters on a phone, with the mark. */
const MAX_LENGTH = 102;

/** The headline; for an undecided case, with what is needed to decide it. */
function headlineText(diagnosis: Diagnosis): string {
  const headline = printableProse(diagnosis.headline);
  const needed = asksForMore(diagnosis) ? neededText(diagnosis) : '';
  const whole = `${headline}. ${needed}`;
  return needed === '' || whole.length > MAX_LENGTH ? headline : whole;
}

/** A headline that states the reason or doubts the question is complete. */
function asksForMore(diagnosis: Diagnosis): boolean {
  const { verdict, headline, looksLike, whyNotHealthy = [] } = diagnosis;
  const saysWhy = whyNotHealthy.some((reason) => headline.includes(reason));
  const isComplete = saysWhy || headline.startsWith(NO_SUCH_LOGIN) || isQuestionDoubted(diagnosis);
  return verdict === 'inconclusive' && !looksLike && !isComplete;
}

/** Result of the live session in a sentence or two; empty without one. */
export function liveLine(live: Diagnosis['live']): string {
  if (!live) return '';
  if (live.state === 'not-opened')
    return `No login was watched: ${live.reason ?? 'the device did not allow it.'}`;
  if (live.state === 'left-on')
    return 'Debug may still be on: ftm-check could not switch it off. Run this on the device, with VDOMs in `config global`:';
  const { ended, seconds = 0, lines = 0, applications, others = [], unwatched } = live;
  const except =
    others.length === 0 ? '' : `, except for ${list(others)}, which another session switched on meanwhile`;
  const ike = unwatched === undefined ? '' : ` IPsec was not watched. ${unwatched}`;
  const off = `Debug is off again${except}.${ike}`;
  if (ended === 'time' && live.lines === 0) return `Nobody logged in in ${seconds} s. ${off}`;
  const count = lines === 0 ? 'no line' : plural(lines, 'line');
  return `${describeEnd(live)} ${count} of ${list(applications)}. ${off}`;
}

function describeEnd({ ended, seconds = 0 }: LiveSummary): string {
  if (ended === 'login') return `Watched for ${seconds} s, until the login was seen:`;
  if (ended === 'flood') return `Stopped after ${seconds} s, because the device printed too much:`;
  if (ended === 'session-lost')
    return `The session was lost after ${seconds} s, and a second one switched debug off:`;
  if (ended === 'stopped') return `Stopped after ${seconds} s on request:`;
  return `Watched for ${seconds} s:`;
}

/** States how long a user has to approve. Empty if a finding states it, or if it is unknown. */
export function loginTimeline({ timeBudget, findings }: Diagnosis): string {
  const { limits = [], note } = timeBudget ?? {};
  const [first] = limits;
  if (!first || findings.some(({ rule }) => getRule(rule)?.statesTimeToApprove)) return '';
  const ending = list(limits.filter(({ seconds }) => seconds === first.seconds).map(({ name }) => name));
  const later = limits.filter(({ seconds }) => seconds > first.seconds);
  const then = list(later.map(({ name, seconds }) => `${name} after ${seconds} s`));
  const order =
    later.length === limits.length - 1 ? `The first to end is ${ending}` : `The first to end are ${ending}`;
  return `Time to approve: ${first.seconds} s. ${order}${then === '' ? '' : `, then ${then}`}.${note === undefined ? '' : ` ${note}`}`;
}

/** Whether times decide the case: a user waited for an approval that did not come or did not count. */
export function timeMatters({ attempts, firstBrokenHop }: Diagnosis): boolean {
  return (
    firstBrokenHop !== null &&
    HOPS_AFTER_PUSH.has(firstBrokenHop) &&
    attempts.some(({ outcome }) => outcome !== 'succeeded')
  );
}

const HOPS_AFTER_PUSH: ReadonlySet<Hop> = new Set(['notification', 'callback', 'tls', 'approval']);
