import { type Command, Option } from 'commander';
import type { Io } from '../terminal/io.ts';
import { dayCount, inventoryOption } from './program-options.ts';
import type { RunCommand } from './run-command.ts';

const SUBJECT =
  'the alias of a device, customer:NAME, site:NAME or group:NAME of the inventory, the id of a Slack user, or the name of a FortiGate user';

/** Commands about what the bot keeps in its Redis: `feedback`, `history`, `report`, `replay`, `forget`, `export`. */
export function addMemoryCommands(program: Command, io: Io, run: RunCommand): void {
  const feedback = program
    .command('feedback')
    .summary('list what people said about answers that did not help')
    .description(
      'Lists the answers that people called “Not helpful” in Slack, newest first, with reason and comment. ' +
        'Reads the Redis of the bot (REDIS_URL), and customers and sites from the inventory if there is one.',
    )
    .addOption(inventoryOption(io))
    .option('--json', 'print them as JSON')
    .action(run(async () => (await import('../commands/feedback.ts')).feedbackList));
  feedback
    .command('export')
    .summary('write what was read for one of them as files')
    .description(
      'Writes the evidence of one answer, without secrets, as files that `analyze` reads, for a fixture of a rule ' +
        '(docs/how-to/feedback.md).',
    )
    .argument('<ID>', 'an id of `ftm-check feedback`')
    .option('--out <DIR>', 'a new folder for the files (default: feedback-ID)')
    .action(run(async () => (await import('../commands/feedback.ts')).feedbackExport));

  program
    .command('history')
    .summary('show the verdicts of a device, or of all devices, over time')
    .description(
      'Shows when a device was checked, by whom and with what result, with a chart of one character per day. Without ' +
        'HOST, one line per device, the worst first. Reads the Redis of the bot (REDIS_URL), and customers and sites from the inventory if there is one.',
    )
    .argument('[HOST]', 'the alias of a device in the inventory')
    .addOption(inventoryOption(io))
    .option('--days <N>', 'how far back', dayCount, 30)
    .option('--json', 'print it as JSON')
    .action(run(async () => (await import('../commands/history.ts')).history));

  program
    .command('report')
    .summary('print the checks of a month of a customer')
    .description(
      'Prints how often the devices of a customer were checked in a month, what was found, how long each repair took ' +
        'and what is open. Reads the inventory and the Redis of the bot (REDIS_URL), which keeps 100 checks a device.',
    )
    .argument('<NAME>', 'customer:NAME, site:NAME, group:NAME, or the alias of a device')
    .option('--month <YYYY-MM>', 'the month, in UTC (default: the current one)')
    .addOption(inventoryOption(io))
    .addOption(
      new Option('--format <FORMAT>', 'output format')
        .choices(['text', 'markdown', 'html', 'csv'])
        .default('text'),
    )
    .action(run(async () => (await import('../commands/report.ts')).report));

  program
    .command('replay')
    .summary('repeat the diagnosis of an answer from its stored evidence')
    .description(
      'Repeats the diagnosis of a run from the redacted evidence that the bot stored, and says whether it is the same, ' +
        'byte for byte, or which rules changed it. Exit status 1 if it is another one. Reads the Redis of the bot (REDIS_URL).',
    )
    .argument('<RUN>', 'the id of a run, as in `ftm-check history HOST --json`, a bundle or the log')
    .option('--json', 'print it as JSON')
    .option(
      '--save-fixture <DIR>',
      'write the evidence and the diagnosis into a new folder, as a regression case',
    )
    .action(run(async () => (await import('../commands/replay.ts')).replay));

  program
    .command('forget')
    .summary('remove what is stored about a device or a person')
    .description(
      'Removes everything in the Redis of the bot (REDIS_URL) that mentions NAME: runs, history, settings, evidence, ' +
        'feedback, pages, alerts and jobs. In the history of devices a person is replaced, so that verdicts stay. ' +
        'Look at --dry-run first: a name that is also an ordinary word is found wherever it stands.',
    )
    .argument('<NAME>', SUBJECT)
    .addOption(inventoryOption(io))
    .option('--dry-run', 'only say what would be removed')
    .action(run(async () => (await import('../commands/personal-data.ts')).forget));

  program
    .command('export')
    .summary('print what is stored about a device or a person')
    .description('Prints everything in the Redis of the bot (REDIS_URL) that mentions NAME, as JSON.')
    .argument('<NAME>', SUBJECT)
    .addOption(inventoryOption(io))
    .action(run(async () => (await import('../commands/personal-data.ts')).exportStored));
}
