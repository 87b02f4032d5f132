import type { ConfigScope } from '../../engine/fortios/config/types.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import { CANNED, cannedOutput } from './canned-outputs.ts';
import { CERTIFICATE_DETAILS } from './certificate-details.ts';
import { type ConfigPath, pathScope } from './config-path.ts';
import type { ConfigWrite, DeviceState } from './device-state.ts';
import { ikeFilterCommand } from './ike-filter.ts';
import { longestPath, type PathWords } from './longest-path.ts';
import { resolvePath } from './paths.ts';
import { ping } from './ping.ts';
import {
  type CliReply,
  failureReply,
  incomplete,
  NOTHING,
  parseErrorBefore,
  unknownAction,
} from './reply.ts';
import type { SessionDebug } from './session-debug.ts';
import { getPath, showAll, showPath } from './show.ts';
import { sniff } from './sniffer.ts';
import { systemStatus } from './system-status.ts';
import { provision } from './tokens.ts';

export type ReadVerb = 'get' | 'show' | 'diagnose' | 'execute';

export interface Reader {
  readonly state: DeviceState;
  readonly behaviour: () => SimulatorBehaviour;
  readonly outputs: ReadonlyMap<string, string>;
  readonly debug: SessionDebug;
  readonly record: (write: ConfigWrite) => void;
}

/** Settings of the session or of a daemon that print nothing. */
const QUIET = [
  'diagnose fortitoken debug',
  'diagnose fortitoken-cloud debug',
  'diagnose vpn ssl debug-filter',
  'diagnose vpn ike log-filter',
  'diagnose vpn ike log filter',
  'diagnose sys session filter',
  'execute log filter',
  'execute ping-options',
];
const LIVE = [
  'diagnose sys top',
  'diagnose debug',
  'diagnose sniffer',
  'execute ping',
  'execute time',
  'execute date',
  'execute fortitoken-mobile provision',
];
/** The clock stands still by default, so that two runs print the same. */
const NOW = new Date('2026-01-07T14:30:09Z');
/** Redraws until `q` or Ctrl-C. */
const REFRESHER: CliReply = {
  lines: [],
  stream: {
    lines: Array.from({ length: 20 }, (_, frame) => ({
      text: `Run Time:  12 days, 3 hours and ${frame} minutes\r\n  node  182  S  1.9  3.1`,
      afterMs: frame * 1000,
    })),
    endless: true,
    footer: () => [],
  },
};
const PAGED: readonly ReadVerb[] = ['get', 'show'];

/** One `get`, `show`, `diagnose` or `execute` in the current scope of the session. */
export function read(reader: Reader, path: ConfigPath, verb: ReadVerb, words: readonly string[]): CliReply {
  if (words.length === 0 && verb !== 'show') return incomplete();
  const { state, outputs } = reader;
  const scope = pathScope(path);
  const paged = PAGED.includes(verb);
  const command = fullCommand(reader, scope, verb, words);
  const given = [[verb, ...words].join(' '), command]
    .flatMap((each) => givenOutput(outputs, each, scope))
    .at(0);
  if (given !== undefined) return { lines: given.replace(/\n$/, '').split('\n'), paged };
  if (command === 'get system status') {
    return {
      lines: systemStatus(
        state,
        reader.behaviour(),
        path.kind === 'vdom' ? path.name : 'root',
        clock(reader),
      ),
      paged,
    };
  }
  const { full, rest } = fullWord(verb, words);
  if (verb === 'show' && rest.length === 0) {
    const lines = showAll(state, scope, { full, leaveOut: missingBlocks(reader, scope) });
    return { lines, paged };
  }
  const nowhere = (state.multiVdom && path.kind === 'root') || path.kind === 'vdoms';
  if (nowhere) return verb === 'diagnose' ? unknownAction() : parseErrorBefore(words[0] ?? '');
  const canned = isCommandOfScope(state, command, path)
    ? cannedOutput(command, state, scope, clock(reader))
    : undefined;
  if (canned) return { lines: canned, paged };
  if (verb === 'diagnose' || verb === 'execute') return runLive(reader, path, command, words);
  return readPath(reader, scope, verb, words);
}

const KNOWN_COMMANDS: Readonly<Record<ReadVerb, readonly PathWords[]>> = {
  get: listCommands('get'),
  show: listCommands('show'),
  diagnose: listCommands('diagnose'),
  execute: listCommands('execute'),
};

/** The words after the verb. */
function listCommands(verb: ReadVerb): readonly PathWords[] {
  return [...CANNED, ...LIVE, ...QUIET]
    .map((each) => each.split(' '))
    .filter(([first]) => first === verb)
    .map(([, ...rest]) => rest);
}

/** The command as it would be typed in full. */
function fullCommand(
  { state }: Reader,
  scope: ConfigScope,
  verb: ReadVerb,
  words: readonly string[],
): string {
  const found = longestPath(KNOWN_COMMANDS[verb], words);
  if ('path' in found) return [verb, found.path, ...found.rest].join(' ');
  const { full, rest } = fullWord(verb, words);
  const path = PAGED.includes(verb) ? resolvePath(state, scope, rest) : found;
  if ('badWord' in path) return [verb, ...words].join(' ');
  return [verb, ...(full && verb === 'show' ? ['full-configuration'] : []), path.path, ...path.rest].join(
    ' ',
  );
}

/** Outputs may be given for one scope: `show user local (vdom campus)`, `diagnose sys vd list (global)`. */
function givenOutput(outputs: ReadonlyMap<string, string>, command: string, scope: ConfigScope): string[] {
  const where = scope.kind === 'vdom' ? ` (vdom ${scope.name})` : scope.kind === 'global' ? ' (global)' : '';
  const text = outputs.get(`${command}${where}`) ?? outputs.get(command);
  return text === undefined ? [] : [text];
}

function runLive(reader: Reader, path: ConfigPath, command: string, words: readonly string[]): CliReply {
  const { state, behaviour, debug } = reader;
  const filtered = ikeFilterCommand(
    command,
    state.version,
    debug.device.ikeFilter,
    behaviour().losesIkeFilter,
  );
  if (filtered) return filtered;
  if (QUIET.some((each) => command.startsWith(each))) return NOTHING;
  const [verb, family, ...rest] = command.split(' ');
  const name = `${verb} ${family}`;
  const argument = words[1];
  if (command.startsWith('diagnose sys top')) return REFRESHER;
  if (name === 'diagnose debug') {
    const unknown = rest[0] === 'application' && behaviour().unknownDebug?.find((each) => each === rest[1]);
    if (unknown) return parseErrorBefore(unknown);
    return debug.run(words.slice(1)) ?? parseErrorBefore(rest[0] ?? '');
  }
  if (name === 'diagnose sniffer') return sniff(words.slice(1), behaviour().sniffer ?? []);
  if (name === 'execute ping')
    return argument === undefined ? incomplete() : ping(argument, state, behaviour());
  const [date, time] = clock(reader).toISOString().slice(0, 19).split('T');
  if (name === 'execute time')
    return { lines: [`current time is: ${time}`, 'last ntp sync:Wed Jan  7 14:00:00 2026'] };
  if (name === 'execute date') return { lines: [`current date is: ${date}`] };
  if (name === 'execute fortitoken-mobile' && rest[0] === 'provision') {
    // Tokens belong to a VDOM (KB 194364).
    if (state.multiVdom && path.kind !== 'vdom') return parseErrorBefore(words[0] ?? '');
    const [serial, extra] = rest.slice(1);
    if (serial === undefined) return incomplete();
    if (extra !== undefined) return parseErrorBefore(extra);
    const scope = pathScope(path);
    reader.record({ scope, path: 'user fortitoken', line: command });
    return provision(state, scope, serial, clock(reader));
  }
  return parseErrorBefore(words[0] ?? '');
}

function clock({ behaviour }: Reader): Date {
  return behaviour().clock?.() ?? NOW;
}

function readPath(
  { state }: Reader,
  scope: ConfigScope,
  verb: 'get' | 'show',
  words: readonly string[],
): CliReply {
  const { full, rest } = fullWord(verb, words);
  const found = resolvePath(state, scope, rest);
  if ('badWord' in found) return found.badWord === undefined ? incomplete() : parseErrorBefore(found.badWord);
  if (verb === 'get') return { lines: getPath(state, scope, found.path), paged: true };
  const [key] = found.rest;
  const lines = showPath(state, scope, found.path, { full, key });
  return lines
    ? { lines, paged: true }
    : failureReply(-3, 'entry not found in datasource', '', `value parse error before '${key}'`);
}

/** `show full-configuration`, by four letters or more. */
function fullWord(
  verb: ReadVerb,
  words: readonly string[],
): { readonly full: boolean; readonly rest: readonly string[] } {
  const [first = ''] = words;
  const full = verb === 'show' && first.length >= 4 && 'full-configuration'.startsWith(first);
  return { full, rest: full ? words.slice(1) : words };
}

function missingBlocks({ state, behaviour }: Reader, scope: ConfigScope): readonly string[] {
  const { major, minor } = state.version;
  const affected = state.multiVdom && scope.kind === 'none' && major === 6 && minor === 2;
  return affected ? (behaviour().missingBlocks62 ?? []) : [];
}

/** Output generated from the configuration is global, except the tokens, which any scope answers. */
function isCommandOfScope(state: DeviceState, command: string, path: ConfigPath): boolean {
  if (!state.multiVdom) return true;
  if (command === 'diagnose fortitoken info' || command.startsWith(CERTIFICATE_DETAILS)) return true;
  if (/^(?:diagnose vpn|get vpn (?:ssl|ipsec)|get router|execute log) /.test(command))
    return path.kind === 'vdom';
  return path.kind === 'global';
}
