import { type Command, Option } from 'commander';
import type { PackOptions } from '../commands/bundle.ts';
import type { Io } from '../terminal/io.ts';
import { inventoryOption, settled, sshConfigOption } from './program-options.ts';

/** `bundle`. */
export function addBundleCommand(program: Command, io: Io, done: (status: number) => void): void {
  program
    .command('bundle')
    .summary('pack a case for the vendor’s support or the next engineer')
    .description(
      'Writes one zip archive: a ticket that is ready to paste, the diagnosis, the report, every output, and checksums. ' +
        'Takes the same files as `analyze`, the folder of `check --save-evidence` included, or reads a device. Secrets ' +
        'are replaced. The exit status is 0 once the archive is written, whatever the diagnosis.',
    )
    .argument('[FILE...]', 'evidence: files, folders, archives; - is standard input')
    .addOption(new Option('--device <HOST>', 'read this device of the inventory, in place of files'))
    .addOption(inventoryOption(io))
    .addOption(sshConfigOption())
    .option('--user <NAME>', 'with --device: the user who cannot log in')
    .option('--vdom <NAME>', 'with --device: the VDOM to check')
    .option('--output <FILE>', 'the archive to write (default: its name says device and time)')
    .action(async (files: string[], options: PackOptions) => {
      const { bundle } = await import('../commands/bundle.ts');
      done(await bundle(files, options, settled(io)));
    });
}
