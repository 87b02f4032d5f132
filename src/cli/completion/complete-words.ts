import type { Argument, Command, Option } from 'commander';

export interface Suggestion {
  readonly value: string;
  readonly description: string;
}

/** Possible next words, and whether the shell adds names of files or folders. */
export interface Completion {
  readonly suggestions: readonly Suggestion[];
  readonly paths?: 'files' | 'folders';
}

/** Names that are not in the program; `inventory` is the path that the command line gives. */
export interface NameSources {
  readonly devices: (inventory: string | undefined) => Promise<readonly string[]>;
  readonly rules: () => Promise<readonly Suggestion[]>;
}

/** `line` holds the words after the program's name; the last one is being typed and may be empty. */
export async function completeWords(
  program: Command,
  line: readonly string[],
  sources: NameSources,
): Promise<Completion> {
  // Bash makes three words of \`--option=value\`.
  const words = line.filter((word, index) => word !== '=' || index === line.length - 1);
  const typed = words.at(-1) === '=' ? '' : (words.at(-1) ?? '');
  const { command, args, option, inventory } = read(program, words.slice(0, -1));
  const list = (value: Argument | Option) => listValues(value, sources, inventory);
  const found = option ? await list(option) : await next(command, typed, args, list);
  // After `--option=`, shells replace only the value.
  const start = typed.startsWith('--') && typed.includes('=') ? typed.slice(typed.indexOf('=') + 1) : typed;
  return { ...found, suggestions: found.suggestions.filter(({ value }) => value.startsWith(start)) };
}

interface Reading {
  readonly command: Command;
  readonly args: readonly string[];
  /** The option whose value is being typed. */
  readonly option?: Option;
  readonly inventory?: string;
}

function read(program: Command, words: readonly string[]): Reading {
  let command = program;
  let args: string[] = [];
  let option: Option | undefined;
  let inventory: string | undefined;
  for (const word of words) {
    if (option) {
      if (option.long === '--inventory') inventory = word;
      option = undefined;
      continue;
    }
    const [name = '', value] = word.startsWith('--') ? word.split('=', 2) : [word];
    const named = optionNamed(command, name);
    if (named?.long === '--inventory' && value !== undefined) inventory = value;
    if (named?.required && value === undefined) option = named;
    if (word.startsWith('-')) continue;
    const below = args.length === 0 ? command.commands.find((each) => each.name() === word) : undefined;
    if (below) {
      command = below;
      args = [];
    } else args.push(word);
  }
  return { command, args, option, inventory };
}

async function next(
  command: Command,
  typed: string,
  args: readonly string[],
  list: (value: Argument | Option) => Promise<Completion>,
): Promise<Completion> {
  const help = command.createHelp();
  if (typed.startsWith('-')) {
    const [name = '', value] = typed.split('=', 2);
    const option = value === undefined ? undefined : optionNamed(command, name);
    if (option) return await list(option);
    const suggestions = help
      .visibleOptions(command)
      .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
    return { suggestions };
  }
  const commands = args.length === 0 ? help.visibleCommands(command) : [];
  const { registeredArguments: all } = command;
  const last = all.at(-1);
  const argument = all[args.length] ?? (last?.variadic ? last : undefined);
  const values = argument ? await list(argument) : { suggestions: [] };
  const verbs = commands.map((each) => ({ value: each.name(), description: each.summary() }));
  return { ...values, suggestions: [...verbs, ...values.suggestions] };
}

function optionNamed(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

/** The help names the kind of each value: FILE, HOST, RULE. */
async function listValues(
  value: Argument | Option,
  sources: NameSources,
  inventory: string | undefined,
): Promise<Completion> {
  if (value.argChoices) {
    return { suggestions: value.argChoices.map((choice) => ({ value: choice, description: '' })) };
  }
  const name = 'flags' in value ? (/[<[]([A-Z]+)/.exec(value.flags)?.[1] ?? '') : value.name();
  const kind = name.replace('...', '');
  if (kind === 'HOST') {
    const devices = await sources.devices(inventory);
    return { suggestions: devices.map((alias) => ({ value: alias, description: 'device' })) };
  }
  if (kind === 'RULE') return { suggestions: await sources.rules() };
  // OLD and NEW are those of `compare`.
  if (kind === 'FILE' || kind === 'OLD' || kind === 'NEW') return { suggestions: [], paths: 'files' };
  if (kind === 'DIR' || kind === 'FOLDER') return { suggestions: [], paths: 'folders' };
  return { suggestions: [] };
}
