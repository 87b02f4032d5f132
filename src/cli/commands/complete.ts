import { ShellCompDirective, script } from '@bomb.sh/tab';
import type { Command } from 'commander';
import { RULES } from '../../engine/rules/all-rules.ts';
import { DEFAULT_INVENTORY } from '../../platform/config/config.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import { printable } from '../../report/documents/printable.ts';
import { BASH_SCRIPT } from '../completion/bash-script.ts';
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
  const { suggestions, paths } = await completeWords(program, words, sourcesOf(io));
  const lines = suggestions.map(({ value, description }) => `${printable(value)}\t${printable(description)}`);
  await printData(io.stdout, [...lines, `:${DIRECTIVES[paths ?? 'none']}`].join('\n'));
  return 0;
}

const DIRECTIVES = {
  files: ShellCompDirective.ShellCompDirectiveDefault,
  folders: ShellCompDirective.ShellCompDirectiveFilterDirs,
  none: ShellCompDirective.ShellCompDirectiveNoFileComp,
} as const;

function sourcesOf({ env }: Io): NameSources {
  return {
    devices: async (inventory) => {
      const path = inventory ?? (env.FTM_CHECK_INVENTORY || DEFAULT_INVENTORY);
      // Pressing Tab shows no error; the command itself reports it.
      const { devices } = await loadInventory(path, { env }).catch(() => ({ devices: new Map() }));
      return [...devices.keys()].map(String);
    },
    rules: async () => RULES.map(({ id, title }) => ({ value: id, description: title })),
  };
}
