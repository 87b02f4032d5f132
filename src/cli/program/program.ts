import { Argument, Command, Help, Option } from 'commander';
import { readVersion } from '../../platform/observe/version.ts';
import { SAMPLES } from '../../stand-ins/fortigate/samples.ts';
import { typeable } from '../process/explain-error.ts';
import { type Io, printNow } from '../terminal/io.ts';
import { showArguments } from '../terminal/show-arguments.ts';
import { describeCommands } from './command-help.ts';
import { addDiagnosisCommands } from './diagnosis-commands.ts';
import { addMemoryCommands } from './memory-commands.ts';
import { collectValues, portNumber, withEnvSettings } from './program-options.ts';
import { createRunCommand, type RunCommand } from './run-command.ts';
import { addSetUpCommands } from './set-up-commands.ts';

const EXIT_HELP = `
Exit status: 0 healthy · 1 findings · 2 bad usage or input · 3 inconclusive · 4 the device or a service could not be reached`;

/** Without `(default: false)` and `(default: [])`, which are obvious. */
function optionDescription(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (?:false|\[\])\)$/, '');
}

/**
 * The complete command line; `args` are the words that it will parse. Each command is imported when it is called, so
 * that `analyze` does not wait for Slack, the queue and SSH to load.
 */
export function createProgram(io: Io, done: (status: number) => void, args: readonly string[] = []): Command {
  const program = new Command('ftm-check')
    .description(
      'Finds out why a VPN login fails on a FortiGate: password, directory, SAML, group, policy, IPsec, and the FortiToken push behind it.',
    )
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help for a command')
    .showSuggestionAfterError()
    .showHelpAfterError('(`ftm-check --help` lists the commands and options)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => printNow(io.stdout, text.replace(/\n$/, '')),
      writeErr: (text) => printNow(io.stderr, typeable(showArguments(text.replace(/\n$/, ''), args), io.env)),
    })
    .configureHelp({ optionDescription })
    .addHelpText('after', EXIT_HELP);

  const run = createRunCommand(io, done);
  addDiagnosisCommands(program, io, run);

  program
    .command('simulate')
    .summary('run a simulated FortiGate over SSH')
    .description(
      'Behaves like a FortiGate with this configuration, for trials and training. ' +
        'Prints its port, host key and an inventory entry to standard error, and runs until it is stopped.',
    )
    .option('--config <FILE>', 'a FortiOS configuration backup; default: the one in the scenario')
    .addOption(
      new Option('--sample <NAME>', 'a configuration that is shipped').choices(SAMPLES).conflicts('config'),
    )
    .option(
      '--scenario <FILE>',
      'faults, outputs and debug streams, a YAML file (docs/reference/simulator.md)',
    )
    .option('--outputs <FILE>', 'recorded outputs, a YAML file with commands and their output')
    .option('--port <N>', 'the port to listen on; 0 uses a free port', portNumber, 0)
    .option('--user <NAME>', 'the administrator (default: "ftm-check")')
    .option('--password <TEXT>', 'the password (default: "simulated-only")')
    .action(run(async () => (await import('../commands/simulate.ts')).simulate));

  program
    .command('serve')
    .summary('serve a Slack workspace')
    .description(
      'Runs the bot, the worker, or both, with the settings in the environment (docs/how-to/slack.md).',
    )
    .addOption(
      new Option('--role <ROLE>', 'which part this process runs')
        .choices(['bot', 'worker', 'all'])
        .default('all'),
    )
    .action(run(async () => (await import('../commands/serve.ts')).serve, withEnvSettings));

  program
    .command('demo')
    .summary('show both flows with a local Slack and a simulated FortiGate')
    .description(
      'Starts a local Slack, a simulated FortiGate, the bot and a worker on this machine, asks two questions, ' +
        'prints the threads, and stops everything. It needs no account and no network.',
    )
    .option('--stay', 'leave the local Slack open in a browser, to type into it yourself', false)
    .option('--port <N>', 'with --stay: the port of that page; 0 uses a free port', portNumber, 0)
    .action(run(async () => (await import('../commands/demo.ts')).demo));

  program
    .command('page')
    .summary('write a web page that finds the cause in a browser')
    .description(
      'Writes one HTML file. A person who opens it pastes or drops evidence and gets the report. It works offline, and ' +
        'nothing leaves the browser.',
    )
    .option('--output <FILE>', 'the file to write; - is standard output', 'ftm-check.html')
    .action(run(async () => (await import('../commands/page.ts')).page));

  addSetUpCommands(program, run);

  const audit = program
    .command('audit')
    .summary('check the audit trail')
    .description('Commands for the audit trail.');
  audit
    .command('verify')
    .summary('verify that a trail is unchanged')
    .description(
      'Verifies that no line of an audit trail was changed, removed, added or moved, and otherwise names the first one that was. ' +
        'Each process writes a file of its own into a folder: name the folder, or files; - is standard input. ' +
        'An end that was cut off, and a file that was removed, are detected with an anchor stored elsewhere.',
    )
    .argument('<PATH...>', 'the folder or files of the trail')
    .option('--anchor <CHAIN:NUMBER:HASH>', 'a line that must exist; can be repeated', collectValues, [])
    .option('--among-others', 'skip lines that do not belong to the trail', false)
    .action(run(async () => (await import('../commands/audit.ts')).auditVerify));

  addMemoryCommands(program, io, run);

  program
    .command('rules')
    .summary('list all causes')
    .description('Lists all causes.')
    .addOption(new Option('--format <FORMAT>', 'how to print them').choices(['text', 'json']).default('text'))
    .action(run(async () => (await import('../commands/rules.ts')).rules));

  program
    .command('explain')
    .summary('print the page of one cause, or what a FortiClient code can mean')
    .description(
      'Prints the symptom, cause, fix, evidence and sources of one cause; of a percentage or code of FortiClient, the causes that it can mean.',
    )
    .argument(
      '<RULE>',
      'a name or number of `ftm-check rules`, such as wan-ftm-access-missing or RC07; or "48 %", -7200',
    )
    .action(run(async () => (await import('../commands/explain.ts')).explain));

  addCompletionCommands(program, run);
  describeCommands(program);
  return program;
}

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `completion`, and `complete`, which its scripts call. */
function addCompletionCommands(program: Command, run: RunCommand): void {
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
    .action(run(async () => (await import('../commands/complete.ts')).completion));

  program
    .command('complete', { hidden: true })
    .argument('[WORD...]', 'the words so far, after --')
    .action(
      run(async () => {
        const { complete } = await import('../commands/complete.ts');
        return (words: readonly string[], to: Io) => complete(program, words, to);
      }, withEnvSettings),
    );
}
