import { type Command, Option } from 'commander';
import type { Io } from '../terminal/io.ts';
import { type AnalyzeOptions, type CheckOptions, COMPARE_FORMATS } from './options.ts';
import {
  clientAddress,
  collectValues,
  colorOption,
  concurrency,
  formatOption,
  inventoryOption,
  knownSymptom,
  logTime,
  outputOption,
  seconds,
  sshConfigOption,
  upgradeOption,
  withEnvSettings,
} from './program-options.ts';
import type { RunCommand } from './run-command.ts';

/** Commands that read evidence or devices: `analyze`, `compare`, `check`, `bundle`, `hosts`. */
export function addDiagnosisCommands(program: Command, io: Io, run: RunCommand): void {
  program
    .command('analyze')
    .summary('find the cause in logs, configuration and transcripts')
    .description(
      'Reads evidence of any kind, mixed: debug output, configuration backups, CLI transcripts, event log lines. ' +
        'Several files are one case, and so are the files of a folder or an archive. Without a file, or with -, it reads standard input. ' +
        'Nothing leaves this machine; secrets are replaced before anything is printed.',
    )
    .argument('[FILE...]', 'evidence: files, folders, archives; - is standard input')
    .option('--user <NAME>', 'the user who cannot log in: checks only this user')
    .option('--client <ADDRESS>', 'looks only at logins from this address of a client', clientAddress)
    .option(
      '--since <TIME>',
      'looks only at logins from this time on, such as 09:12 or "2026-03-02 09:12"',
      logTime,
    )
    .option('--until <TIME>', 'looks only at logins up to this time, which is included', logTime)
    .option(
      '--symptom <TEXT>',
      'what FortiClient shows, such as "stops at 48 %" or -7200; never a verdict',
      knownSymptom,
    )
    .addOption(upgradeOption())
    .option(
      '--save-fixture <DIR>',
      'also write the redacted evidence and the answer, to report a wrong answer',
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(colorOption())
    .option('--each', 'every file is its own case: one table of files, folders and archives', false)
    .option(
      '--baseline <FILE>',
      'with --each: count only findings that are not in FILE, the output of an earlier run with --format json',
    )
    .action(
      run(async (_files: readonly string[], { each }: AnalyzeOptions) =>
        each
          ? (await import('../commands/analyze-each.ts')).analyzeEach
          : (await import('../commands/analyze.ts')).analyze,
      ),
    );

  program
    .command('compare')
    .summary('find what changed between two backups of a device')
    .description(
      'Compares two states of one device: backups, or whatever else `analyze` reads. Prints findings that are ' +
        'new, gone and unchanged, and the settings that changed, first those that new findings point to. Exit status ' +
        '1 if there is a new finding, else 0.',
    )
    .argument('<OLD>', 'a backup or saved evidence of the device as it was')
    .argument('<NEW>', 'the same of the device as it is')
    .addOption(
      new Option('--format <FORMAT>', 'how to print the answer').choices(COMPARE_FORMATS).default('text'),
    )
    .addOption(outputOption())
    .addOption(colorOption())
    .action(run(async () => (await import('../commands/compare.ts')).compare));

  program
    .command('check')
    .summary('read FortiGates over SSH and find the cause')
    .description(
      'Reads a device of the inventory over SSH and finds the cause. It changes no configuration. With --live it ' +
        'enables debug for a limited time, if the inventory allows it, and always disables it again. ' +
        'Several devices, a --group or --all give one table, the worst first.',
    )
    .argument('[HOST...]', 'the alias of a device in the inventory')
    .option('--group <NAME>', 'the devices of a group; can be repeated', collectValues, [])
    .addOption(new Option('--all', 'every device of the inventory').default(false).conflicts('group'))
    .option('--concurrency <N>', 'of several devices: how many are read at the same time', concurrency, 4)
    .addOption(inventoryOption(io))
    .addOption(sshConfigOption())
    .option('--user <NAME>', 'the user who cannot log in: checks only this user')
    .option('--vdom <NAME>', 'the VDOM to check')
    .option(
      '--save-evidence <DIR>',
      'save what was read, redacted, so that `analyze DIR` repeats the check offline; of several devices in DIR/HOST',
    )
    .option(
      '--compare <FILE>',
      'also print what changed since an earlier state of the device: a backup, or a folder of --save-evidence',
    )
    .option(
      '--baseline <FILE>',
      'of several devices: count only findings that are not in FILE, the output of an earlier run with --format json',
    )
    .option('--transcript <FILE>', 'write what the device printed, redacted')
    .option('--transcript-raw', 'with --transcript: write it unredacted, with the secrets of the device')
    .addOption(
      new Option(
        '--dry-run',
        'sign in, and list the causes that can and cannot be checked with this account, and why',
      ).conflicts(['live', 'saveEvidence', 'compare']),
    )
    .addOption(upgradeOption().conflicts('live'))
    .option(
      '--live <TIME>',
      'also watch the debug output while the user logs in, for a time such as 60 (seconds), 90s or 2m',
      seconds,
    )
    .option(
      '--client <ADDRESS>',
      'with --live: the public address of the client, without which IPsec is not watched',
      clientAddress,
    )
    .option(
      '--symptom <TEXT>',
      'what FortiClient shows, such as "stops at 48 %" or -7200; never a verdict',
      knownSymptom,
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(colorOption())
    .action(
      run(
        async (hosts: readonly string[], { group, all }: CheckOptions) =>
          hosts.length === 1 && group.length === 0 && !all
            ? (await import('../commands/check.ts')).check
            : (await import('../commands/check-several.ts')).checkSeveral,
        withEnvSettings,
      ),
    );

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
    .action(run(async () => (await import('../commands/bundle.ts')).bundle, withEnvSettings));

  const hosts = program.command('hosts').summary('show SSH host keys, and the line that pins one');
  hosts
    .command('scan')
    .summary('show the host keys of a device, and the line that pins one')
    .description(
      'Reads all types of SSH host keys of a device in the inventory without signing in, compares them with ' +
        'the pinned ones, and prints the line to pin. Exit status 1 when a key is not the pinned one.',
    )
    .argument('<HOST>', 'the alias of a device in the inventory')
    .addOption(inventoryOption(io))
    .addOption(sshConfigOption())
    .action(run(async () => (await import('../commands/hosts-scan.ts')).hostsScan, withEnvSettings));
}
