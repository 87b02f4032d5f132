import { CONTRADICTION_REASON } from '../../../engine/diagnosis/contradiction.ts';
import type { Diagnosis, MissingFact } from '../../../engine/diagnosis/diagnosis.ts';
import { openQuestions } from '../../../engine/diagnosis/open-questions.ts';
import { PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { ruleOf } from '../../../engine/rules/all-rules.ts';
import { list, plural, printableProse } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { shownNames } from './next-step-texts.ts';
import { DEBUG_ON, nextSteps } from './next-steps.ts';

/** Nobody reads more, and only these can change the answer. */
const MAX_THINGS = 3;

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
  const names = [...new Set(open.flatMap(namesOf))].slice(0, MAX_THINGS);
  if (open.length === 0)
    return { title: `If ${needsPush(diagnosis) ? 'push' : 'the login'} still fails`, items: [] };
  const what = names.length === 0 ? '' : `: ${list(names)}${remedy(diagnosis, names.length)}`;
  return { title: `Not checked${what}`, items: specific.slice(0, MAX_THINGS) };
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
  /^(?:VDOM \S+: )?(?:the evidence (?:does not|contains no|shows n\w+)|the FortiGate cannot see|only a login shows|no login in the evidence)\b/;

function reasonOf({ rule }: MissingFact, { checks }: Diagnosis): string {
  const reason = checks.find((check) => check.rule === rule && check.verdict === 'unknown')?.reason ?? '';
  return ONLY_ABSENT.test(reason) ? '' : printableProse(reason);
}

/** Nothing was found, and more is needed to say why. */
export function isUndecided({ verdict, findings }: Diagnosis): boolean {
  return verdict !== 'healthy' && findings.length === 0;
}

function remedy(diagnosis: Diagnosis, count: number): string {
  // The steps stand open above.
  if (isUndecided(diagnosis)) return '';
  const { commands, debug } = nextSteps(diagnosis);
  const what = [
    commands ? plural(commands.count, 'command') : '',
    debug ? 'one login with debug on' : '',
  ].filter((part) => part !== '');
  const all = count === 1 ? 'it' : count === 2 ? 'both' : 'them';
  return what.length === 0 ? '' : ` (${list(what)} would show ${all})`;
}
