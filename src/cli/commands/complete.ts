import { ShellCompDirective, script } from '@bomb.sh/tab';
import type { Command } from 'commander';
import { RULES } from '../../engine/rules/all-rules.ts';
import { inventoryPath } from '../../platform/config/environment.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import { printable } from '../../report/documents/printable.ts';
import { completeWords, type NameSources } from '../completion/complete-words.ts';
import { type Io, printData } from '../terminal/io.ts';

/** Prints the script that makes a shell ask `ftm-check complete`. */
export async function completion(shell: string, io: Io): Promise<number> {
  if (shell === 'bash') await printData(io.stdout, BASH_SCRIPT);
  else script(shell, 'ftm-check', 'ftm-check');
  return 0;
}

/** Answers the script of `completion`: a line per suggestion, then what the shell may add. */
export async function complete(program: Command, words: readonly string[], io: Io): Promise<number> {
  const { suggestions, paths } = await completeWords(program, words, nameSources(io));
  const lines = suggestions.map(({ value, description }) => `${printable(value)}\t${printable(description)}`);
  await printData(io.stdout, [...lines, `:${DIRECTIVES[paths ?? 'none']}`].join('\n'));
  return 0;
}

const DIRECTIVES = {
  files: ShellCompDirective.ShellCompDirectiveDefault,
  folders: ShellCompDirective.ShellCompDirectiveFilterDirs,
  none: ShellCompDirective.ShellCompDirectiveNoFileComp,
} as const;

function nameSources({ env }: Io): NameSources {
  return {
    devices: async (inventory) => {
      const path = inventory ?? inventoryPath(env);
      // Pressing Tab shows no error; the command itself reports it.
      const { devices } = await loadInventory(path, { env }).catch(() => ({ devices: new Map() }));
      return [...devices.keys()].map(String);
    },
    rules: async () => RULES.map(({ id, title }) => ({ value: id, description: title })),
  };
}

/**
 * The script of `@bomb.sh/tab` for bash completes no file names, needs the package bash-completion and evaluates what is
 * typed. This one works with bash 4 and newer on its own.
 */
const BASH_SCRIPT = `# bash completion for ftm-check
_ftm_check() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :0) compopt -o default ;;
            :16) compopt -o dirnames ;;
            :*) ;;
            *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
        esac
    done < <(ftm-check complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _ftm_check ftm-check
`;
