import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Hop } from '../facts/hop.ts';
import { hopsOf } from './unchecked.ts';

/** What to run so that more can be said, as few lines as possible and in an order that can be pasted. */
export interface PasteCoach {
  /** Read-only commands, each once, grouped by the scope they need. */
  readonly commands: Step | undefined;
  /** Debug of one login: `before` switches it on, `after` off. */
  readonly debug: (Step & { readonly after: readonly string[] }) | undefined;
  /** What only a person can find out. */
  readonly questions: readonly string[];
}

interface Step {
  readonly lines: readonly string[];
  readonly unlocks: readonly Hop[];
}

const DEBUG_ON = 'diagnose debug enable';

export function coach(missing: Diagnosis['missing']): PasteCoach {
  const withDebug = missing.filter((each) => each.commands.includes(DEBUG_ON));
  const withCommands = missing.filter(
    (each) => each.commands.length > 0 && !each.commands.includes(DEBUG_ON),
  );
  const withoutCommands = missing.filter((each) => each.commands.length === 0);
  const recipe = withDebug[0]?.commands ?? [];
  const on = recipe.indexOf(DEBUG_ON) + 1;
  return {
    commands:
      withCommands.length === 0
        ? undefined
        : {
            lines: joinScopes(withCommands.flatMap((each) => toUnits(each.commands))),
            unlocks: hopsOf(withCommands.map((each) => each.rule)),
          },
    debug:
      withDebug.length === 0
        ? undefined
        : {
            lines: recipe.slice(0, on),
            after: recipe.slice(on),
            unlocks: hopsOf(withDebug.map((each) => each.rule)),
          },
    questions: [...new Set(withoutCommands.map((each) => each.need))],
  };
}

/** One command with the lines that enter its scope. */
interface Unit {
  readonly enter: readonly string[];
  readonly line: string;
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
