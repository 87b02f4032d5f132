import { Command, Help, Option } from 'commander';
import { readVersion } from '../../platform/observe/version.ts';
import { SAMPLES } from '../../stand-ins/fortigate/samples.ts';
import type { DeviceSource } from '../commands/named-device.ts';
import { type Io, printNow } from '../terminal/io.ts';
import { showArguments } from '../terminal/show-arguments.ts';
import type { OutputOptions } from '../terminal/with-output.ts';
import { addBundleCommand } from './bundle-command.ts';
import { describeCommands } from './command-help.ts';
import { addCompletionCommands } from './completion-commands.ts';
import { addFeedbackCommands } from './feedback-commands.ts';
import { addMemoryCommands } from './memory-commands.ts';
import {
  type AnalyzeOptions,
  type CheckOptions,
  COMPARE_FORMATS,
  type CompareFormat,
  casesFormat,
  type SimulateOptions,
  singleFormat,
} from './options.ts';
import {
  clientAddress,
  colorOption,
  concurrency,
  formatOption,
  fortiosRelease,
  inventoryOption,
  knownSymptom,
  logTime,
  outputOption,
  portNumber,
  repeated,
  seconds,
  settled,
  sshConfigOption,
} from './program-options.ts';
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
      writeErr: (text) => printNow(io.stderr, showArguments(text.replace(/\n$/, ''), args)),
    })
    .configureHelp({ optionDescription })
    .addHelpText('after', EXIT_HELP);

  program
    .command('analyze')
    .summary('find the cause in logs, configuration and transcripts')
    .description(
      'Reads evidence of any kind, mixed: debug output, configuration backups, CLI transcripts, event log lines. ' +
        'Several files are one case, and so are the files of a folder or tar archive. Without a file, or with -, it reads standard input. ' +
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
    .option(
      '--upgrade-to <VERSION>',
      'asks another question: which logins an upgrade to this FortiOS release stops, such as 7.4.9',
      fortiosRelease,
    )
    .option(
      '--save-fixture <DIR>',
      'also write the redacted evidence and the answer, to report a wrong answer',
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(colorOption())
    .option('--each', 'every file is its own case: one table of files, folders and tar archives', false)
    .option(
      '--baseline <FILE>',
      'with --each: count only findings that are not in FILE, the output of an earlier run with --format json',
    )
    .action(async (files: string[], options: AnalyzeOptions & OutputOptions) => {
      const { withOutput } = await import('../terminal/with-output.ts');
      const answer = async (to: Io) => {
        if (options.each) {
          const { analyzeEach } = await import('../commands/analyze-each.ts');
          return await analyzeEach(files, { ...options, format: casesFormat(options.format) }, to);
        }
        const { analyze } = await import('../commands/analyze.ts');
        return await analyze(files, { ...options, format: singleFormat(options) }, to);
      };
      done(await withOutput(options, io, answer));
    });

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
    .action(async (old: string, now: string, options: { format: CompareFormat } & OutputOptions) => {
      const { withOutput } = await import('../terminal/with-output.ts');
      const { compare } = await import('../commands/compare.ts');
      done(await withOutput(options, io, (to) => compare(old, now, options, to)));
    });

  program
    .command('check')
    .summary('read FortiGates over SSH and find the cause')
    .description(
      'Reads a device of the inventory over SSH and finds the cause. It changes no configuration. With --live it ' +
        'enables debug for a limited time, if the inventory allows it, and always disables it again. ' +
        'Several devices, a --group or --all give one table, the worst first.',
    )
    .argument('[HOST...]', 'the alias of a device in the inventory')
    .option('--group <NAME>', 'the devices of a group; can be repeated', repeated, [])
    .option('--all', 'every device of the inventory', false)
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
    .option('--transcript <FILE>', 'write what the device printed, redacted')
    .option('--transcript-raw', 'with --transcript: write it unredacted, with the secrets of the device')
    .option(
      '--dry-run',
      'sign in, and list the causes that can and cannot be checked with this account, and why',
    )
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
    .action(async (hosts: string[], options: CheckOptions & OutputOptions) => {
      const { withOutput } = await import('../terminal/with-output.ts');
      const [host] = hosts;
      const isOne = hosts.length === 1 && options.group.length === 0 && !options.all;
      const answer = async (to: Io) => {
        if (isOne && host !== undefined) {
          const { check } = await import('../commands/check.ts');
          return await check(host, options, to);
        }
        const { checkSeveral } = await import('../commands/check-several.ts');
        return await checkSeveral(hosts, options, to);
      };
      done(await withOutput(options, settled(io), answer));
    });

  addBundleCommand(program, io, done);

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
    .action(async (host: string, options: DeviceSource) => {
      const { hostsScan } = await import('../commands/hosts-scan.ts');
      done(await hostsScan(host, options, settled(io)));
    });

  program
    .command('simulate')
    .summary('run a simulated FortiGate over SSH')
    .description(
      'Behaves like a FortiGate with this configuration, for trials and training. ' +
        'Prints its port, host key and an inventory entry to standard error, and runs until it is stopped.',
    )
    .option('--config <FILE>', 'a FortiOS configuration backup; default: the one in the scenario')
    .addOption(new Option('--sample <NAME>', 'a configuration that is shipped').choices(SAMPLES))
    .option(
      '--scenario <FILE>',
      'faults, outputs and debug streams, a YAML file (docs/reference/simulator.md)',
    )
    .option('--outputs <FILE>', 'recorded outputs, a YAML file with commands and their output')
    .option('--port <N>', 'the port to listen on; 0 uses a free port', portNumber, 0)
    .option('--user <NAME>', 'the administrator (default: "ftm-check")')
    .option('--password <TEXT>', 'the password (default: "simulated-only")')
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('../commands/simulate.ts');
      done(await simulate(options, io));
    });

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
    .action(async (options: { role: 'bot' | 'worker' | 'all' }) => {
      const { serve } = await import('../commands/serve.ts');
      done(await serve(options, settled(io)));
    });

  program
    .command('demo')
    .summary('show both flows with a local Slack and a simulated FortiGate')
    .description(
      'Starts a local Slack, a simulated FortiGate, the bot and a worker on this machine, asks two questions, ' +
        'prints the threads, and stops everything. It needs no account and no network.',
    )
    .option('--stay', 'leave the local Slack open in a browser, to type into it yourself', false)
    .option('--port <N>', 'with --stay: the port of that page; 0 uses a free port', portNumber, 0)
    .action(async (options: { stay: boolean; port: number }) => {
      if (options.stay) {
        const { openDemoSlack } = await import('../commands/demo.ts');
        done(await openDemoSlack(options.port, io));
        return;
      }
      const { demo } = await import('../commands/demo.ts');
      done(await demo(io));
    });

  program
    .command('page')
    .summary('write a web page that finds the cause in a browser')
    .description(
      'Writes one HTML file. A person who opens it pastes or drops evidence and gets the report. It works offline, and ' +
        'nothing leaves the browser.',
    )
    .option('--output <FILE>', 'the file to write; - is standard output', 'ftm-check.html')
    .action(async (options: { output: string }) => {
      const { page } = await import('../commands/page.ts');
      done(await page(options, io));
    });

  addSetUpCommands(program, io, done);

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
    .option('--anchor <CHAIN:NUMBER:HASH>', 'a line that must exist; can be repeated', repeated, [])
    .option('--among-others', 'skip lines that do not belong to the trail', false)
    .action(async (paths: string[], options: { anchor: string[]; amongOthers: boolean }) => {
      const { auditVerify } = await import('../commands/audit.ts');
      done(await auditVerify(paths, options, io));
    });

  addFeedbackCommands(program, io, done);
  addMemoryCommands(program, io, done);

  program
    .command('rules')
    .summary('list all causes')
    .description('Lists all causes.')
    .addOption(new Option('--format <FORMAT>', 'how to print them').choices(['text', 'json']).default('text'))
    .action(async (options: { format: 'text' | 'json' }) => {
      const { rules } = await import('../commands/rules.ts');
      done(await rules(options, io));
    });

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
    .action(async (rule: string) => {
      const { explain } = await import('../commands/explain.ts');
      done(await explain(rule, io));
    });

  addCompletionCommands(program, io, done);
  describeCommands(program);
  return program;
}
