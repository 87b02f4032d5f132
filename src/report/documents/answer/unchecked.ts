import { CONTRADICTION_REASON } from '../../../engine/diagnosis/contradiction.ts';
import type { Diagnosis, Finding, MissingFact } from '../../../engine/diagnosis/diagnosis.ts';
import { openQuestions } from '../../../engine/diagnosis/open-questions.ts';
import { type Hop, PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { COMMANDS, type CommandId } from '../../../engine/fortios/commands.ts';
import { getRule } from '../../../engine/rules/all-rules.ts';
import { codePart, listPart, type Part, prosePart } from '../document.ts';
import { list, printableProse } from '../printable.ts';
import { isQuestionMisspelt } from './headline-mark.ts';
import { neededHops } from './login-path.ts';
import { nextStepParts, runText, shownNames } from './next-step-texts.ts';
import { DEBUG_ON, findUnit, isUndecided, joinScopes, type Unit } from './next-steps.ts';

/** Few are read, and only these can change the answer. */
const MAX_THINGS = 3;

/** What may break a login besides the cause that was found, and the command that shows it. */
const DECIDING: readonly (readonly [hop: Hop, question: string, command: CommandId])[] = [
  ['second-factor', 'which second factor the user has', 'local-users'],
  ['token', 'the state of the token', 'fortitoken-info'],
  ['push-service', 'whether push is on', 'ftm-push'],
  ['push-request', 'whether push.fortinet.com is reachable', 'ping-push-server'],
  ['notification', 'whether a phone is registered', 'fortitokens'],
];

/**
 * What was not checked and could change the answer, below `Not checked: the state of the token and whether push is on`.
 * The report lists every check.
 */
export function uncheckedParts(
  diagnosis: Diagnosis,
  withOutput?: string,
): { readonly title: string; readonly parts: readonly Part[] } {
  const { verdict, proof } = diagnosis;
  if (isQuestionMisspelt(diagnosis)) return { title: '', parts: [] };
  // The steps stand open above.
  if (isUndecided(diagnosis)) return { title: 'Not decided', parts: listPart(openReasons(diagnosis)) };
  const [first, ...others] = nextStepParts(diagnosis, withOutput).map(({ parts }) => parts);
  if (verdict === 'healthy') {
    const subject = neededHops(diagnosis).some(({ id }) => PUSH_HOPS.has(id)) ? 'push' : 'the login';
    return {
      title: `If ${subject} still fails`,
      parts:
        first === undefined || proof === 'login' ? [] : [...first, ...decidingParts(diagnosis, withOutput)],
    };
  }
  if (!isExplained(diagnosis))
    return { title: 'What would show the cause', parts: [...(first ?? []), ...others.flat()] };
  const open = listDeciding(diagnosis);
  return {
    title: `Not checked: ${list(open.map(({ question }) => question))}`,
    parts: decidingParts(diagnosis, withOutput),
  };
}

function decidingParts(diagnosis: Diagnosis, withOutput: string | undefined): readonly Part[] {
  const open = listDeciding(diagnosis);
  if (open.length === 0) return [];
  return [
    ...prosePart(runText(open[0]?.device, withOutput)),
    ...codePart(joinScopes(open.map(({ unit }) => unit)), 'commands'),
  ];
}

function isExplained({ findings, firstBrokenHop }: Diagnosis): boolean {
  return findings.some(({ hop, rule }) => hop === firstBrokenHop && !getRule(rule)?.showsOnlySymptom);
}

/** A push on the phone, or a connection of the phone that a log or capture shows, proves every step before it. */
function wasAnswered({ findings, firstBrokenHop, hops }: Diagnosis): boolean {
  if (hops.some(({ id, status }) => id === 'notification' && status === 'ok')) return true;
  if (firstBrokenHop === null || !AFTER_PUSH.has(firstBrokenHop)) return false;
  const causes = findings.filter(({ hop }) => hop === firstBrokenHop);
  return causes.some(({ evidence }) => evidence.some(({ text }) => !SETTING.test(text)));
}

const AFTER_PUSH: ReadonlySet<Hop> = new Set(['callback', 'tls', 'approval']);
/** Sample: `        set allowaccess ping https`, and of `get`: `server-port         : 4433`. */
const SETTING = /^\s*(?:(?:config|edit|set|unset|next|end)\b|[a-z][a-z0-9-]*\s*:)/;

/** Sample: `        set two-factor fortitoken-cloud`. */
const FACTOR = /^\s*set (?:two-factor|fortitoken)\b/;

const OF_USER = ['second-factor', 'token', 'notification'] as const satisfies readonly Hop[];

interface OpenThing {
  readonly question: string;
  readonly unit: Unit;
  readonly device: string | undefined;
}

/** The steps that this login needs and nothing shows, the nearest to the break last. */
function listDeciding(diagnosis: Diagnosis): readonly OpenThing[] {
  if (wasAnswered(diagnosis)) return [];
  const { findings, askedUser, attempts } = diagnosis;
  const unseen = new Set(
    neededHops(diagnosis).flatMap(({ id, status }) => (status === 'unknown' ? [id] : [])),
  );
  const open = openQuestions(diagnosis);
  // A finding about the token of a user shows which factor that is.
  const isFactorShown = ({ hop, evidence }: Finding) =>
    hop === 'token' || evidence.some(({ text }) => FACTOR.test(text));
  if (findings.some(isFactorShown)) unseen.delete('second-factor');
  // What one user has does not change a cause that was found without one.
  const isAboutUser = askedUser !== undefined || attempts.some(({ outcome }) => outcome !== 'succeeded');
  if (findings.length > 0 && !isAboutUser) for (const hop of OF_USER) unseen.delete(hop);
  return DECIDING.flatMap(([hop, question, command]): readonly OpenThing[] => {
    const line = COMMANDS[command].text;
    const asking = open.find(({ rule, commands }) => getRule(rule)?.hop === hop && commands.includes(line));
    if (!asking || !unseen.has(hop)) return [];
    return [{ question, unit: findUnit(asking.commands, line), device: asking.device }];
  }).slice(-MAX_THINGS);
}

/** Why checks are open, each reason once, where the evidence says more than that something is missing. */
function openReasons(diagnosis: Diagnosis): readonly string[] {
  const open = openQuestions(diagnosis).filter(({ rule }) => !getRule(rule)?.askedLast);
  const byReason = Map.groupBy(open, (missing) => findReason(missing, diagnosis));
  const reasons = [...byReason.keys()].filter((why) => why !== '' && !diagnosis.headline.includes(why));
  return reasons
    .toSorted((a, b) => Number(SPECIFIC.test(b)) - Number(SPECIFIC.test(a)))
    .slice(0, MAX_THINGS)
    .map((why) => {
      const commands = byReason.get(why)?.[0]?.commands ?? [];
      const what = commands.includes(DEBUG_ON) ? '' : list(shownNames(commands));
      return what === '' ? why : `${what}: ${why}`;
    });
}

/** A reason about something that the evidence holds names a number, an address or a port. */
const SPECIFIC = /\d/;

/** Reasons of checks whose evidence disagrees, those that begin alike as one. */
export function contradictions({ checks }: Diagnosis): readonly string[] {
  const reasons = new Set(
    checks.flatMap(({ verdict, reason }) => (verdict === 'conflicting' ? [reason] : [])),
  );
  const alike = [...reasons].filter((reason) => reason.startsWith(CONTRADICTION_REASON));
  const titles = alike.map((reason) => reason.slice(CONTRADICTION_REASON.length));
  return [
    ...(titles.length === 0 ? [] : [`${CONTRADICTION_REASON}${titles.join('; ')}`]),
    ...[...reasons].filter((reason) => !alike.includes(reason)),
  ].map(printableProse);
}

/** Absence is what the next steps ask for. */
const ONLY_ABSENT =
  /^(?:VDOM \S+: )?(?:the (?:debug output|evidence) (?:does not|contains no|shows n\w+)|nothing in the evidence shows|the FortiGate cannot see|only a login shows|no login in the evidence)\b/;

function findReason({ rule }: MissingFact, { checks }: Diagnosis): string {
  const reason = checks.find((check) => check.rule === rule && check.verdict === 'unknown')?.reason ?? '';
  return ONLY_ABSENT.test(reason) ? '' : printableProse(reason);
}
