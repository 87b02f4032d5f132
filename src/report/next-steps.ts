import type { Diagnosis, MissingFact } from '../diagnosis/diagnosis.ts';
import { DEBUG_TELLS_NO_MORE } from '../diagnosis/missing.ts';
import { openQuestions } from '../diagnosis/open-questions.ts';
import { type Hop, hopIndex } from '../facts/hop.ts';
import { ruleOf } from '../rules/all-rules.ts';
import { hopsOf } from './unchecked.ts';

/** What to run so that more can be said, as few lines as possible and in an order that can be pasted. */
export interface NextSteps {
  /** Read-only commands, each once, grouped by the scope they need. */
  readonly commands: CommandStep | undefined;
  /** Debug of one login: `lines` switch it on, `after` off. */
  readonly debug: DebugStep | undefined;
  /** With a log at hand the next log tells most; otherwise the configuration does, unless it is in order. */
  readonly debugFirst: boolean;
  /** What only a person can find out. */
  readonly questions: readonly Question[];
}

interface Step {
  /** Where to run them, of several devices. */
  readonly device?: string | undefined;
  readonly lines: readonly string[];
  readonly unlocks: readonly Hop[];
}

export interface DebugStep extends Step {
  readonly after: readonly string[];
}

export interface CommandStep extends Step {
  /** Without the lines that enter and leave a scope. */
  readonly count: number;
  /** Part of the configuration would tell more, and is not asked for line by line. */
  readonly backupTellsMore: boolean;
}

interface Question {
  readonly text: string;
  readonly unlocks: readonly Hop[];
}

const DEBUG_ON = 'diagnose debug enable';
/** Nobody types twenty commands for an answer that may come from the first. */
const MAX_COMMANDS = 6;
const MAX_QUESTIONS = 3;

/** Nothing where a login got in by push: then there is nothing to look for. */
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
    commands: commandStep(withCommands),
    debug:
      withDebug.length === 0
        ? undefined
        : {
            device: withDebug[0]?.device,
            lines: recipe.slice(0, on),
            after: recipe.slice(on),
            unlocks: hopsOf(withDebug.map((each) => each.rule)),
          },
    debugFirst: attempts.length > 0 || verdict === 'healthy',
    questions: questionsOf(
      diagnosis,
      missing.filter(({ commands, need }) => commands.length === 0 && need !== DEBUG_TELLS_NO_MORE),
      withDebug.length + withCommands.length === 0,
    ),
  };
}

/** The first of them: the causes stand in the order in which somebody would test them. */
function commandStep(missing: readonly MissingFact[]): CommandStep | undefined {
  if (missing.length === 0) return undefined;
  const asked = missing.map(({ rule, commands }) => ({ rule, units: toUnits(commands) }));
  const units = asked.flatMap((each) => each.units);
  const chosen = new Set([...new Set(units.map(keyOf))].slice(0, MAX_COMMANDS));
  const isChosen = (unit: Unit) => chosen.has(keyOf(unit));
  return {
    device: missing[0]?.device,
    lines: joinScopes(units.filter(isChosen)),
    count: chosen.size,
    unlocks: hopsOf(asked.filter((each) => each.units.every(isChosen)).map(({ rule }) => rule)),
    backupTellsMore: units.some((unit) => !isChosen(unit) && unit.line.startsWith('show ')),
  };
}

/** What lies behind the first step that nobody saw, or that broke, is not worth a person's time yet. */
function questionsOf(
  { hops, firstBrokenHop, findings }: Diagnosis,
  missing: readonly MissingFact[],
  nothingElse: boolean,
): readonly Question[] {
  const unseen = hops.findIndex(({ status }) => status === 'unknown');
  const explained = findings.some(({ hop }) => hop === firstBrokenHop);
  const broken = firstBrokenHop === null || explained ? -1 : hopIndex(firstBrokenHop);
  const far = Math.max(unseen, broken);
  const asked = missing
    .filter(({ rule }) => hopOrder(rule) <= far)
    .filter(({ rule }) => nothingElse || !ruleOf(rule)?.askedLast)
    .toSorted((a, b) => hopOrder(a.rule) - hopOrder(b.rule));
  const questions = [...Map.groupBy(asked, ({ need }) => need)].map(([text, alike]) => ({
    text,
    unlocks: hopsOf(alike.map(({ rule }) => rule)),
  }));
  const refused = firstBrokenHop === 'authorisation' && findings.length === 0 ? [AUTHORISATION] : [];
  return [...questions, ...refused].slice(0, MAX_QUESTIONS);
}

/** A rule of another release comes last: its step is not known here. */
function hopOrder(rule: string): number {
  const hop = ruleOf(rule)?.hop;
  return hop === undefined ? Number.POSITIVE_INFINITY : hopIndex(hop);
}

/** No cause stands behind this step: who may do what after a login is between the groups, the VPN and the policies. */
const AUTHORISATION: Question = {
  text: 'whether the VPN (`show vpn ssl settings`) and a firewall policy from it (`show firewall policy`) name a group of the user (`show user group`), in the VDOM of the login',
  unlocks: ['authorisation'],
};

/** One command with the lines that enter its scope. */
interface Unit {
  readonly enter: readonly string[];
  readonly line: string;
}

function keyOf({ enter, line }: Unit): string {
  return [...enter, line].join('\n');
}

/** Takes `config global` … `end` and `config vdom` / `edit X` … `end` apart. */
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

function joinScopes(units: readonly Unit[]): readonly string[] {
  const scopes = new Map<string, { enter: readonly string[]; lines: Set<string> }>();
  for (const { enter, line } of units) {
    const key = enter.join('\n');
    const scope = scopes.get(key) ?? { enter, lines: new Set<string>() };
    scope.lines.add(line);
    scopes.set(key, scope);
  }
  return [...scopes.values()].flatMap(({ enter, lines }) =>
    enter.length === 0 ? [...lines] : [...enter, ...lines, 'end'],
  );
}
