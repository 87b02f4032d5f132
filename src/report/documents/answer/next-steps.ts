import type { Diagnosis, MissingFact } from '../../../engine/diagnosis/diagnosis.ts';
import { ANSWERED, LONGER_DEBUG_LOG } from '../../../engine/diagnosis/missing.ts';
import { openQuestions } from '../../../engine/diagnosis/open-questions.ts';
import { HOPS, type Hop, hopIndex, PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { COMMANDS } from '../../../engine/fortios/commands.ts';
import { getRule } from '../../../engine/rules/all-rules.ts';

/** What to run for a better answer: few lines, in an order that can be pasted. */
export interface NextSteps {
  /** Read-only commands, each once, grouped by the scope they need. */
  readonly commands: CommandStep | undefined;
  /** Debug of one login: `lines` enable it, `after` disables it. */
  readonly debug: DebugStep | undefined;
  /** A log is the most useful after a log and for a login without push; else the configuration, unless it is healthy. */
  readonly debugFirst: boolean;
  /** Questions that only a person can answer. */
  readonly questions: readonly Question[];
}

interface Step {
  /** The device to run them on, if there are several. */
  readonly device?: string | undefined;
  readonly lines: readonly string[];
}

export interface DebugStep extends Step {
  readonly after: readonly string[];
}

export interface CommandStep extends Step {
  /** The one that decides the most causes. */
  readonly first: readonly string[];
  /** Number without the lines that enter and leave a scope. */
  readonly count: number;
  /** A backup would show more than the listed commands. */
  readonly backupShowsMore: boolean;
  /** The evidence does not name the VDOM in which some of them are typed. */
  readonly vdom?: 'unknown';
}

interface Question {
  readonly text: string;
  readonly unlocks: readonly Hop[];
}

export const DEBUG_ON = 'diagnose debug enable';
/** The first commands may be enough: twenty are too many to type. */
const MAX_COMMANDS = 6;
const MAX_QUESTIONS = 3;
const NOTHING_TO_ASK: ReadonlySet<string> = new Set([ANSWERED, LONGER_DEBUG_LOG]);

/** Undefined if a login succeeded by push: then nothing needs to be found. */
export function nextSteps(diagnosis: Diagnosis): NextSteps {
  const { verdict, attempts } = diagnosis;
  const worked = verdict === 'healthy' && attempts.length > 0;
  const missing = worked ? [] : openQuestions(diagnosis);
  const withDebug = missing.filter((each) => each.commands.includes(DEBUG_ON));
  const withCommands = missing.filter(
    (each) => each.commands.length > 0 && !each.commands.includes(DEBUG_ON),
  );
  const recipe = withDebug[0]?.commands ?? [];
  const on = recipe.indexOf(DEBUG_ON) + 1;
  return {
    commands:
      endsBeforePassword(diagnosis) && withDebug.length > 0
        ? undefined
        : commandStep(withCommands, diagnosis.device.vdomMode === 'multi'),
    debug:
      withDebug.length === 0
        ? undefined
        : { device: withDebug[0]?.device, lines: recipe.slice(0, on), after: recipe.slice(on) },
    debugFirst: attempts.length > 0 || verdict === 'healthy' || isAboutLogin(diagnosis),
    questions: listQuestions(
      diagnosis,
      missing.filter(({ commands, need }) => commands.length === 0 && !NOTHING_TO_ASK.has(need)),
      withDebug.length + withCommands.length === 0,
    ),
  };
}

/** The log ends before the password was checked: only its rest tells what settings matter. */
function endsBeforePassword({ attempts, findings }: Diagnosis): boolean {
  const isOpen = ({ outcome, hops }: Diagnosis['attempts'][number]) =>
    outcome === 'incomplete' && hops.every(({ id, status }) => status !== 'ok' || id === 'connection');
  return findings.length === 0 && attempts.length > 0 && attempts.every(isOpen);
}

/**
 * Where push is not in question, a login tells most causes apart; also where an event log shows no step of one, and where
 * debug was typed in a wrong order.
 */
function isAboutLogin({ hops, sources, explained }: Diagnosis): boolean {
  if (explained?.some(({ shown }) => shown.startsWith('diag'))) return true;
  const isEvents = sources.every(({ kinds }) => kinds.every((kind) => kind === 'event log'));
  if (isEvents && hops.every(({ status }) => status !== 'ok' && status !== 'broken')) return true;
  return hops.every(({ id, needed }) => !PUSH_HOPS.has(id) || needed === false);
}

/** The one that decides the most causes, and the first others: causes are listed in the order in which they are tested. */
function commandStep(missing: readonly MissingFact[], hasVdoms: boolean): CommandStep | undefined {
  const asked = missing.map(({ rule, commands }) => ({ rule, units: toUnits(commands) }));
  const units = asked.flatMap((each) => each.units);
  const first = mostAsked(asked);
  if (first === undefined) return undefined;
  const chosen = new Set([...new Set([unitKey(first), ...units.map(unitKey)])].slice(0, MAX_COMMANDS));
  const isChosen = (unit: Unit) => chosen.has(unitKey(unit));
  const needsVdom = ({ enter, line }: Unit) => hasVdoms && enter.length === 0 && line !== ANYWHERE;
  const inVdom = joinScopes(units.filter((unit) => isChosen(unit) && needsVdom(unit)));
  const others = joinScopes(units.filter((unit) => isChosen(unit) && !needsVdom(unit)));
  return {
    device: missing[0]?.device,
    first: joinScopes([first]),
    lines:
      inVdom.length === 0 || others.length === 0 ? [...inVdom, ...others] : [...inVdom, 'end', ...others],
    ...(inVdom.length === 0 ? {} : { vdom: 'unknown' as const }),
    count: chosen.size,
    backupShowsMore: units.some((unit) => !isChosen(unit) && unit.line.startsWith('show ')),
  };
}

/** Answers at the top of a device with VDOMs too. */
const ANYWHERE = COMMANDS['system-status'].text;

/** What a cause counts that stops every push, or those of many. */
const WEIGHTS: Readonly<Record<string, number>> = { critical: 3, high: 2 };

/** A cause that needs several commands counts as a part of one for each of them. */
function mostAsked(
  asked: readonly { readonly rule: string; readonly units: readonly Unit[] }[],
): Unit | undefined {
  const votes = new Map<string, { readonly unit: Unit; readonly count: number }>();
  for (const { rule, units } of asked) {
    const weight = WEIGHTS[getRule(rule)?.severity ?? ''] ?? 1;
    for (const unit of units) {
      const count = (votes.get(unitKey(unit))?.count ?? 0) + weight / units.length;
      votes.set(unitKey(unit), { unit, count });
    }
  }
  const [most] = [...votes.values()].toSorted((a, b) => b.count - a.count);
  return most?.unit;
}

/** Hops after the first unseen or broken one are not worth a person's time yet. */
function listQuestions(
  { hops, firstBrokenHop, findings, attempts }: Diagnosis,
  missing: readonly MissingFact[],
  nothingElse: boolean,
): readonly Question[] {
  // Beside settings alone, what a login would show is no question yet.
  if (attempts.length === 0 && firstBrokenHop === null && !nothingElse) return [];
  const unseen = hops.findIndex(({ status }) => status === 'unknown');
  const explained = findings.some(({ hop }) => hop === firstBrokenHop);
  const broken = firstBrokenHop === null || explained ? -1 : hopIndex(firstBrokenHop);
  const far = Math.max(unseen, broken);
  const asked = missing
    .filter(({ rule }) => hopOrder(rule) <= far)
    .filter(({ rule }) => nothingElse || !getRule(rule)?.askedLast)
    .toSorted((a, b) => hopOrder(a.rule) - hopOrder(b.rule));
  const questions = [...Map.groupBy(asked, ({ need }) => need)].map(([text, alike]) => ({
    text,
    unlocks: ruleHops(alike.map(({ rule }) => rule)),
  }));
  const refused = firstBrokenHop === 'authorisation' && findings.length === 0 ? [AUTHORISATION] : [];
  return [...questions, ...refused].slice(0, MAX_QUESTIONS);
}

export function ruleHops(rules: readonly string[]): readonly Hop[] {
  const hops = new Set<Hop>(rules.flatMap((rule) => getRule(rule)?.hop ?? []));
  return HOPS.filter((hop) => hops.has(hop));
}

/** A rule of another release comes last: its hop is unknown here. */
function hopOrder(rule: string): number {
  const hop = getRule(rule)?.hop;
  return hop === undefined ? Number.POSITIVE_INFINITY : hopIndex(hop);
}

/** No rule covers this hop: permissions after a login depend on groups, VPN and policies. */
const AUTHORISATION: Question = {
  text: 'whether the VPN (`show vpn ssl settings`) and a firewall policy from it (`show firewall policy`) name a group of the user (`show user group`), in the VDOM of the login',
  unlocks: ['authorisation'],
};

/** One command with the lines that enter its scope. */
export interface Unit {
  readonly enter: readonly string[];
  readonly line: string;
}

function unitKey({ enter, line }: Unit): string {
  return [...enter, line].join('\n');
}

/** The command `line` of a list that holds it. */
export function findUnit(lines: readonly string[], line: string): Unit {
  return toUnits(lines).find((unit) => unit.line === line) ?? { enter: [], line };
}

/** Splits `config global` … `end` and `config vdom` / `edit X` … `end`. */
function toUnits(lines: readonly string[]): readonly Unit[] {
  const units: Unit[] = [];
  let enter: readonly string[] = [];
  for (const line of lines) {
    if (line === 'config global' || line === 'config vdom') enter = [line];
    else if (enter.length === 1 && enter[0] === 'config vdom' && line.startsWith('edit '))
      enter = [...enter, line];
    else if (line === 'end' && enter.length > 0) enter = [];
    else units.push({ enter, line });
  }
  return units;
}

export function joinScopes(units: readonly Unit[]): readonly string[] {
  return [...Map.groupBy(units, ({ enter }) => enter.join('\n')).values()].flatMap((scope) => {
    const enter = scope[0]?.enter ?? [];
    const lines = new Set(scope.map(({ line }) => line));
    return enter.length === 0 ? [...lines] : [...enter, ...lines, 'end'];
  });
}

/** Nothing was found, and more is needed to say why. */
export function isUndecided({ verdict, findings }: Diagnosis): boolean {
  return verdict !== 'healthy' && findings.length === 0;
}
