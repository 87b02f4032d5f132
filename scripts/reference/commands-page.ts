import type { Argument, Command } from 'commander';
import { commandExample } from '../../src/cli/program/command-help.ts';
import { EXIT_MEANINGS } from '../exit-meanings.ts';
import { code, table, WRITTEN } from './markdown.ts';

/** docs/reference/commands.md: every command with its arguments and options, from the help of the program. */
export function commandsPage(program: Command): string {
  const commands = visible(program).flatMap((command) => withBelow(command, program.name()));
  return `${[
    WRITTEN,
    '# Commands',
    program.description(),
    'In a checkout each line begins with `npx`. `ftm-check help COMMAND` prints the same.',
    table(['exit status', 'meaning'], EXIT_MEANINGS),
    'Options of the program itself:',
    optionTable(program),
    ...commands.flatMap(({ command, name }) => section(command, name)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

interface Named {
  readonly command: Command;
  readonly name: string;
}

function withBelow(command: Command, prefix: string): readonly Named[] {
  const name = `${prefix} ${command.name()}`;
  return [{ command, name }, ...visible(command).flatMap((each) => withBelow(each, name))];
}

/** Without `help`, which every program has. */
function visible(command: Command): readonly Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');
}

function section(command: Command, name: string): readonly string[] {
  const { registeredArguments } = command;
  const usage = [
    name,
    ...(command.options.length > 0 ? ['[OPTION...]'] : []),
    ...registeredArguments.map(argumentText),
  ];
  return [
    `## ${name}`,
    code(usage.join(' ')),
    escapeCell(command.description()),
    registeredArguments.some((argument) => argument.description !== '')
      ? table(
          ['argument', 'meaning'],
          registeredArguments.map((argument) => [code(argument.name()), escapeCell(argument.description)]),
        )
      : '',
    optionTable(command),
    exampleLine(name.replace(/^\S+ /, '')),
  ];
}

function exampleLine(name: string): string {
  const example = commandExample(name);
  return example === undefined ? '' : `Example: ${code(`ftm-check ${example}`)}`;
}

function argumentText(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function optionTable(command: Command): string {
  const help = command.createHelp();
  const options = help
    .visibleOptions(command)
    .filter(({ long }) => command.parent === null || long !== '--help');
  return options.length === 0
    ? ''
    : table(
        ['option', 'meaning'],
        options.map((option) => [code(option.flags), escapeCell(help.optionDescription(option))]),
      );
}

/** `<NAME>` in a text would be read as HTML. */
function escapeCell(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
