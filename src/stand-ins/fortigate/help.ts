import type { ConfigScope } from '../../engine/fortios/config/types.ts';
import { expand } from './abbreviation.ts';
import { CANNED } from './canned-outputs.ts';
import type { DeviceState } from './device-state.ts';
import { listPaths } from './paths.ts';

export interface HelpLine {
  readonly word: string;
  readonly about: string;
}

interface HelpPlace {
  readonly state: DeviceState;
  readonly scope: ConfigScope;
  readonly verbs: readonly string[];
}

const ABOUT: Readonly<Record<string, string>> = {
  config: 'Configure object.',
  get: 'Get dynamic and system information.',
  show: 'Show configuration.',
  diagnose: 'Diagnose facility.',
  execute: 'Execute static commands.',
  exit: 'Exit the CLI.',
  edit: 'Add/edit a table value.',
  set: 'Modify value.',
  unset: 'Set to default value.',
  next: 'Configure next table entry.',
  end: 'End and save last config.',
  abort: 'End and discard last config.',
  delete: 'Delete a table value.',
};

/** Words that may follow; the last of `words` is the one being typed, empty after a space. */
export function listHelp(words: readonly string[], { state, scope, verbs }: HelpPlace): readonly HelpLine[] {
  const typed = words.at(-1) ?? '';
  const [verb = '', ...before] = words.slice(0, -1);
  if (words.length <= 1) return beginning(verbs, typed);
  const full = expand(verb, verbs);
  const known =
    full === 'diagnose' || full === 'execute'
      ? CANNED.filter((each) => each.startsWith(`${full} `)).map((each) => each.slice(full.length + 1))
      : full === 'get' || full === 'show' || full === 'config'
        ? listPaths(state, scope)
        : [];
  const next = known
    .map((path) => path.split(' '))
    .filter((path) => before.every((word, at) => path[at]?.startsWith(word)))
    .flatMap((path) => path[before.length] ?? []);
  return beginning([...new Set(next)].sort(), typed);
}

function beginning(words: readonly string[], typed: string): readonly HelpLine[] {
  return words.filter((word) => word.startsWith(typed)).map((word) => ({ word, about: ABOUT[word] ?? word }));
}
