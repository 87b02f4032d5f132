import type { Argument, Command, Option } from 'commander';
import { EXIT_MEANINGS } from './exit-meanings.ts';

const SHORT_DESCRIPTION = 'find out why a VPN login fails on a FortiGate';

/** The manual page of the whole program in the format of man(7), from its help. The same program gives the same text. */
export function manPage(program: Command, version: string): string {
  const lines = [
    `.\\" Written by scripts/build.ts from the help of the program.`,
    `.TH FTM\\-CHECK 1 "" "ftm\\-check ${roff(version)}" "User Commands"`,
    '.SH NAME',
    `ftm\\-check \\- ${roff(SHORT_DESCRIPTION)}`,
    '.SH SYNOPSIS',
    ...program.commands.filter(isVisible).flatMap((command) => synopsis(command, program.name())),
    '.SH DESCRIPTION',
    roffLine(program.description()),
    '.SH COMMANDS',
    ...program.commands.filter(isVisible).flatMap((command) => commandLines(command, program.name())),
    '.SH OPTIONS',
    ...optionLines(program),
    ...EXIT_STATUS,
    ...ENVIRONMENT,
    ...EXAMPLES,
  ];
  return `${lines.join('\n')}\n`;
}

const EXIT_STATUS = [
  '.SH EXIT STATUS',
  ...EXIT_MEANINGS.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, roffLine(meaning)]),
];

const ENVIRONMENT = [
  '.SH ENVIRONMENT',
  ...[
    ['FTM_CHECK_INVENTORY', 'path of the inventory; default: inventory.yaml'],
    ['FORCE_COLOR, NO_COLOR', 'whether the text has colours'],
    ['LOG_LEVEL', 'debug prints each step of the dialogue with a device on standard error'],
    ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'the proxy for Slack, pagers and hooks'],
  ].flatMap(([name = '', meaning = '']) => ['.TP', `.B ${roff(name)}`, roffLine(meaning)]),
];

const EXAMPLES = [
  '.SH EXAMPLES',
  ...[
    ['Several files are one case:', 'ftm-check analyze debug.log backup.conf'],
    ['One user on one device:', 'ftm-check check fgt-branch-07 --user marlow'],
  ].flatMap(([what = '', command = '']) => ['.PP', roffLine(what), '.PP', '.EX', roffLine(command), '.EE']),
];

function isVisible(command: Command): boolean {
  return command.parent?.createHelp().visibleCommands(command.parent).includes(command) === true;
}

function synopsis(command: Command, prefix: string): readonly string[] {
  const name = `${prefix} ${command.name()}`;
  const below = command.commands.flatMap((each) => synopsis(each, name));
  const hasOwn = command.registeredArguments.length > 0 || command.options.length > 0 || below.length === 0;
  return [...(hasOwn ? ['.br', `.B ${roff(name)}`, usage(command)] : []), ...below];
}

/** Such as `[OPTION...] HOST`. */
function usage(command: Command): string {
  const values = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `\\fI${roff(name)}\\fR` : `[\\fI${roff(name)}\\fR]`;
  });
  return [...(command.options.length > 0 ? ['[\\fIOPTION\\fR...]'] : []), ...values].join(' ') || '\\&';
}

function commandLines(command: Command, prefix: string): readonly string[] {
  const name = `${prefix} ${command.name()}`;
  return [
    `.SS ${roff(name)}`,
    ...(command.description() === '' ? [] : [roffLine(command.description())]),
    ...command.registeredArguments.flatMap(argumentLines),
    ...optionLines(command),
    ...command.commands.flatMap((each) => commandLines(each, name)),
  ];
}

function argumentLines(argument: Argument): readonly string[] {
  const { description } = argument;
  if (description === '') return [];
  return ['.TP', `.I ${roff(argument.name())}`, roffLine(description + choices(argument.argChoices))];
}

function optionLines(command: Command): readonly string[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .filter(({ long }) => command.parent === null || long !== '--help')
    .flatMap((option) => ['.TP', optionTag(option), roffLine(help.optionDescription(option))]);
}

/** `--format <FORMAT>` with the option in bold and the value in italics. */
function optionTag({ flags }: Option): string {
  const bold = flags.replaceAll(/(-{1,2}[a-z][a-z-]*)/g, (option) => `\\fB${roff(option)}\\fR`);
  return bold.replaceAll(/<([A-Z:=.]+)>/g, '\\fI$1\\fR').replaceAll(/\[([A-Z]+)\]/g, '[\\fI$1\\fR]');
}

function choices(values: readonly string[] | undefined): string {
  return values ? ` (${values.join(', ')})` : '';
}

/** Text inside a line. A bare hyphen could be printed as a dash, which no shell accepts. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq')
    .replaceAll('’', '\\(cq')
    .replaceAll('…', '\\&...')
    .replaceAll('·', '\\(pc');
}

/** A line of text, which neither a dot nor a quote at its start turns into a request. */
function roffLine(text: string): string {
  return roff(text.replaceAll('\n', ' ')).replace(/^(?=[.'])/, '\\&');
}
