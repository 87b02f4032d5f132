import { Argument, type Command } from 'commander';
import type { Io } from '../terminal/io.ts';
import { settled } from './program-options.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `completion`, and `complete`, which its scripts call. */
export function addCompletionCommands(program: Command, io: Io, done: (status: number) => void): void {
  program
    .command('completion')
    .summary('print the script that completes words in a shell')
    .description(
      'Prints a script that completes commands, options, devices of the inventory and causes when Tab is pressed. ' +
        'The script calls `ftm-check`, so that must be on the PATH.',
    )
    .addArgument(new Argument('<SHELL>', 'your shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
In ~/.bashrc:                  source <(ftm-check completion bash)
In ~/.zshrc, after compinit:   source <(ftm-check completion zsh)
In ~/.config/fish/config.fish: ftm-check completion fish | source
In the profile of PowerShell:  ftm-check completion powershell | Out-String | Invoke-Expression`,
    )
    .action(async (shell: string) => {
      const { completion } = await import('../commands/complete.ts');
      done(await completion(shell, io));
    });

  program
    .command('complete', { hidden: true })
    .argument('[WORD...]', 'the words so far, after --')
    .action(async (words: string[]) => {
      const { complete } = await import('../commands/complete.ts');
      done(await complete(program, words, settled(io)));
    });
}
