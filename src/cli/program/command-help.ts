import type { Command } from 'commander';

interface CommandHelp {
  /** Heading of the help of the program; commands below another one have none. */
  readonly group?: string;
  readonly example: string;
}

const FIND = 'Find a cause:';
const SET_UP = 'Set up a bot:';
const RUN = 'Run a bot:';
const TRY = 'Try it without a FortiGate:';
const LEARN = 'Look something up:';

/** Where the help lists each command, and one line to copy. */
const HELP: Readonly<Record<string, CommandHelp>> = {
  analyze: { group: FIND, example: 'analyze debug.log backup.conf --user marlow' },
  check: { group: FIND, example: 'check fgt-branch-07 --user marlow' },
  compare: { group: FIND, example: 'compare monday.conf today.conf' },
  bundle: { group: FIND, example: 'bundle --device fgt-branch-07' },
  page: { group: FIND, example: 'page --output ftm-check.html' },
  init: { group: SET_UP, example: 'init --device fgt-branch-07=192.0.2.7 --trusted-host 192.0.2.10' },
  account: { group: SET_UP, example: 'account --fortios 7.4.8 --trusted-host 192.0.2.10' },
  hosts: { group: SET_UP, example: 'hosts scan fgt-branch-07' },
  'hosts scan': { example: 'hosts scan fgt-branch-07' },
  manifest: { group: SET_UP, example: 'manifest' },
  doctor: { group: SET_UP, example: 'doctor --devices' },
  serve: { group: RUN, example: 'serve' },
  history: { group: RUN, example: 'history fgt-branch-07' },
  report: { group: RUN, example: 'report customer:Northwind --month 2026-11 --format html' },
  replay: { group: RUN, example: 'replay 1767796200000-4f2a' },
  feedback: { group: RUN, example: 'feedback' },
  'feedback export': { example: 'feedback export run-0123456789abcdef' },
  audit: { group: RUN, example: 'audit verify .ftm-check/audit' },
  'audit verify': { example: 'audit verify .ftm-check/audit' },
  forget: { group: RUN, example: 'forget fgt-branch-07' },
  export: { group: RUN, example: 'export fgt-branch-07' },
  demo: { group: TRY, example: 'demo' },
  simulate: { group: TRY, example: 'simulate --sample branch-07 --port 2222' },
  rules: { group: LEARN, example: 'rules' },
  explain: { group: LEARN, example: 'explain wan-ftm-access-missing' },
  completion: { group: LEARN, example: 'completion bash' },
};

/** Groups the commands by need; an example ends the help of each, and its errors point to that help. */
export function describeCommands(program: Command): void {
  program.commandsGroup(LEARN);
  for (const command of program.commands) describeCommand(command, command.name(), program.name());
}

function describeCommand(command: Command, name: string, program: string): void {
  const help = HELP[name];
  if (help?.group !== undefined) command.helpGroup(help.group);
  if (help) command.addHelpText('after', `\nExample:\n  ${program} ${help.example}`);
  command.showHelpAfterError(`(\`${program} ${name} --help\` explains the command and its options)`);
  for (const below of command.commands) describeCommand(below, `${name} ${below.name()}`, program);
}

/** A line to copy for a command, such as `hosts scan`; undefined for a hidden one. */
export function commandExample(command: string): string | undefined {
  return HELP[command]?.example;
}

/**
 * The words that the program parses: `help NAME` as `NAME --help`, so that an unknown name is an error with a
 * suggestion, and `-V` as `--version`.
 */
export function normalizeArguments(program: Command, args: readonly string[]): readonly string[] {
  const [first, ...names] = args;
  if (first === '-V') return ['--version', ...names];
  if (first !== 'help' || names.length === 0) return args;
  let command: Command | undefined = program;
  const known: string[] = [];
  for (const name of names) {
    command = command?.commands.find((each) => each.name() === name);
    known.push(name);
    if (!command) return known;
  }
  return [...known, '--help'];
}
