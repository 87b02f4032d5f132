import { type Command, Option } from 'commander';
import { collectValues, withEnvSettings } from './program-options.ts';
import type { RunCommand } from './run-command.ts';

/** `init`, `account`, `doctor` and `manifest`. */
export function addSetUpCommands(program: Command, run: RunCommand): void {
  program
    .command('init')
    .summary('write inventory, .env and Slack app manifest; print the account lines')
    .description(
      'Asks for what is needed, or takes it from the options and the environment, and writes an inventory, `.env`, the ' +
        'Slack app manifest and a `.gitignore`. It shows the lines that create the administrator once, replaces no ' +
        'file, changes nothing on a device, and ends with the doctor.',
    )
    .option('--dir <FOLDER>', 'where the files are written', '.')
    .option(
      '--device <NAME=ADDRESS>',
      'a FortiGate, with :PORT if it is not 22; can be repeated',
      collectValues,
      [],
    )
    .option('--username <NAME>', 'the administrator on the devices', 'ftm-check')
    .option('--fortios <VERSION>', 'of the devices, such as 7.4.8')
    .addOption(trustedHostOption())
    .option('--http <URL>', 'public address of the bot for Slack; default: Socket Mode')
    .option(
      '--channel <NAME>',
      'a Slack channel (or its id) that may check them; can be repeated',
      collectValues,
      [],
    )
    .option('--force', 'replace files that exist', false)
    .action(run(async () => (await import('../commands/init.ts')).init));

  program
    .command('account')
    .summary('print the CLI lines that create an administrator for the bot')
    .description(
      'Prints the CLI lines that create an administrator with the least rights a check needs, for the given ' +
        'FortiOS version. They set the password of FGT_PASSWORD, or a random one if there is a key or no such setting: FortiOS accepts an ' +
        'empty password, even if the account has a key. The account may sign in from --trusted-host only. ' +
        'Nothing is sent to any device: read the lines, then paste them.',
    )
    .requiredOption('--fortios <VERSION>', 'the version of the device, such as 7.4.8')
    .option('--multi-vdom', 'the device has VDOMs, and the account may read all of them')
    .option('--vdom <NAME>', 'the device has VDOMs, and the account may read only this one')
    .option(
      '--ping',
      'the inventory has `ping: true` for the device: from 7.4.2 on the account needs `cli-exec`',
    )
    .option('--public-key <FILE>', 'the public SSH key of the account (a .pub file)')
    .addOption(trustedHostOption())
    .option('--name <NAME>', 'name of the administrator', 'ftm-check')
    .action(run(async () => (await import('../commands/account.ts')).account, withEnvSettings));

  program
    .command('doctor')
    .summary('check the set-up')
    .description('Checks settings, inventory, secrets, pinned host keys and the queue, and says what to do.')
    .option(
      '--devices',
      'also sign in to every device of the inventory, read its version, and look whether the account has a trusted host',
    )
    .action(run(async () => (await import('../commands/doctor.ts')).doctor, withEnvSettings));

  program
    .command('manifest')
    .summary('print the Slack app manifest')
    .description(
      'Prints the manifest to paste at https://api.slack.com/apps (Create New App, From a manifest).',
    )
    .option('--http <URL>', 'public address of the bot for Slack; default: Socket Mode')
    .option('--name <NAME>', 'name of the app', 'ftm-check')
    .action(run(async () => (await import('../commands/manifest.ts')).manifest));
}

function trustedHostOption(): Option {
  return new Option(
    '--trusted-host <CIDR>',
    'address of the bot as the device sees it, from which alone the account may sign in, or `any`; can be repeated',
  )
    .argParser(collectValues)
    .default([]);
}
