import { CONTRADICTION_REASON } from '../../../engine/diagnosis/contradiction.ts';
import type { Diagnosis, MissingFact } from '../../../engine/diagnosis/diagnosis.ts';
import { openQuestions } from '../../../engine/diagnosis/open-questions.ts';
import { PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { ruleOf } from '../../../engine/rules/all-rules.ts';
import { list, plural, printableProse } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { shownNames } from './next-step-texts.ts';
import { DEBUG_ON, isUndecided } from './next-steps.ts';

/** Nobody reads more, and only these can change the answer. */
const MAX_THINGS = 3;
/** Three lines on a phone. */
const MAX_LENGTH = 124;

export interface UncheckedParts {
  /** `Not checked: the token states and the local users (2 commands would show both)`. */
  readonly title: string;
  /** Why they are open, where the evidence says more than that they are missing. */
  readonly items: readonly string[];
}

/** A login that ends before a second factor, or needs none, has no steps of push. */
function needsPush({ hops }: Diagnosis): boolean {
  return hops.some(({ id, needed }) => PUSH_HOPS.has(id) && needed !== false);
}

/** A reason about something that the evidence holds names a number, an address or a port. */
const SPECIFIC = /\d/;

/** What was not checked and could change the answer. The report lists every check. */
export function uncheckedParts(diagnosis: Diagnosis): UncheckedParts {
  const open = openQuestions(diagnosis).filter(({ rule }) => !ruleOf(rule)?.askedLast);
  const reasons = open.flatMap((missing) => {
    const why = reasonOf(missing, diagnosis);
    const what = missing.commands.includes(DEBUG_ON) ? '' : list(namesOf(missing));
    return why === '' ? [] : [what === '' ? why : `${what}: ${why}`];
  });
  const specific = [...new Set(reasons)].toSorted(
    (a, b) => Number(SPECIFIC.test(b)) - Number(SPECIFIC.test(a)),
  );
  const names = mostNamed(open.flatMap(namesOf)).slice(0, MAX_THINGS);
  if (open.length === 0)
    return { title: `If ${needsPush(diagnosis) ? 'push' : 'the login'} still fails`, items: [] };
  const items = specific.slice(0, MAX_THINGS);
  if (names.length === 0) return { title: 'Not checked', items };
  const title = `Not checked: ${list(names)}`;
  // Where nothing was found, the steps stand open above.
  const whole = `${title}${isUndecided(diagnosis) ? '' : remedy(names, open)}`;
  return { title: whole.length > MAX_LENGTH ? title : whole, items };
}

/** Each name once, those of the most causes first. */
function mostNamed(names: readonly string[]): readonly string[] {
  const alike = [...Map.groupBy(names, (name) => name)];
  return alike.toSorted(([, a], [, b]) => b.length - a.length).map(([name]) => name);
}

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

function namesOf({ rule, commands }: MissingFact): readonly string[] {
  if (!commands.includes(DEBUG_ON)) return shownNames(commands);
  const hop = ruleOf(rule)?.hop;
  return hop === undefined ? [] : [ENGLISH_WORDING.hopSigns[hop]];
}

/** Absence is what `Not checked` says. */
const ONLY_ABSENT =
  /^(?:VDOM \S+: )?(?:the evidence (?:does not|contains no|shows n\w+)|nothing in the evidence shows|the FortiGate cannot see|only a login shows|no login in the evidence)\b/;

function reasonOf({ rule }: MissingFact, { checks }: Diagnosis): string {
  const reason = checks.find((check) => check.rule === rule && check.verdict === 'unknown')?.reason ?? '';
  return ONLY_ABSENT.test(reason) ? '' : printableProse(reason);
}

/** What would show all that is named. */
function remedy(names: readonly string[], open: readonly MissingFact[]): string {
  const lines = new Set(open.flatMap(({ commands }) => commands));
  const commands = [...lines].filter((line) => shownNames([line]).some((name) => names.includes(name)));
  const ofLogin = open.some(
    (fact) => fact.commands.includes(DEBUG_ON) && names.includes(namesOf(fact)[0] ?? ''),
  );
  const what = [
    commands.length === 0 ? '' : plural(commands.length, 'command'),
    ofLogin ? 'one debug log' : '',
  ].filter((part) => part !== '');
  const all = names.length === 1 ? 'it' : names.length === 2 ? 'both' : 'them';
  return what.length === 0 ? '' : ` (${list(what)} would show ${all})`;
}
