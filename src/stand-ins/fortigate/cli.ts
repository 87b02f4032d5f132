import { expand } from './abbreviation.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import { type ConfigSession, openConfig } from './config/session.ts';
import { type ConfigPath, contextOf, scopeOf, shorten } from './config-path.ts';
import { createDeviceDebug, type DeviceDebug } from './device-debug.ts';
import type { ConfigWrite, DeviceState } from './device-state.ts';
import { applyGrep, splitGrep } from './grep.ts';
import { listHelp } from './help.ts';
import { resolvePath } from './paths.ts';
import { type Reader, type ReadVerb, read } from './read-command.ts';
import {
  type CliReply,
  incomplete,
  NOTHING,
  noPermission,
  parseErrorBefore,
  unknownAction,
} from './reply.ts';
import { rightsOf } from './rights.ts';
import { createSessionDebug } from './session-debug.ts';
import { hostname } from './system-status.ts';
import { editVdom } from './vdoms.ts';
import { toWords } from './words.ts';

export interface CliOptions {
  readonly state: DeviceState;
  readonly behaviour: SimulatorBehaviour;
  /** Command text to output; takes precedence over output generated from the configuration. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly record: (write: ConfigWrite) => void;
  /** The user who signed in; an administrator of the configuration has that administrator's rights. */
  readonly user?: string;
  /** Prints a line of enabled debug, at any time. */
  readonly print?: (line: string) => void;
  /** The debug of the device, shared by all its sessions; separate by default. */
  readonly debug?: DeviceDebug;
  /** The role shown in every session: a failover changes it during a session. */
  readonly role?: { current: SimulatorBehaviour['haRole'] };
  /** The hostname shown in every session, if it is not the configuration's. */
  readonly name?: { current: string | undefined };
}

/** The command line of one session, without its bytes. */
export interface Cli {
  readonly prompt: () => string;
  readonly execute: (line: string) => CliReply;
  /** The help that `?` prints after this part of a line. */
  readonly help: (partial: string) => readonly string[];
  /** The completion that Tab adds to this part of a line. */
  readonly complete: (partial: string) => string | undefined;
  /** Ctrl-C at the prompt leaves the open block, or else ends the session. */
  readonly interrupt: () => 'left' | 'closed';
  /** Whether debug output is printed here. */
  readonly printsDebug: () => boolean;
  /** The session is over. */
  readonly close: () => void;
}

const READ_VERBS = ['get', 'show', 'diagnose', 'execute'] as const;
const VERBS = [...READ_VERBS, 'config', 'edit', 'end', 'abort', 'exit', 'next', 'sudo'];

export function createCli(options: CliOptions): Cli {
  const { state, outputs, record, print = () => {} } = options;
  const rights = rightsOf(options.user, state, options.behaviour);
  const role = options.role ?? { current: options.behaviour.haRole };
  const name = options.name ?? { current: options.behaviour.hostname };
  const home: ConfigPath = rights.vdom === undefined ? { kind: 'root' } : { kind: 'vdom', name: rights.vdom };
  let path: ConfigPath = home;
  let config: ConfigSession | undefined;
  /** A line whose quote is still open. */
  let unfinished = '';

  const debug = createSessionDebug({
    device: options.debug ?? createDeviceDebug(options.behaviour),
    print,
    now: () => new Date(),
    outlivesSession: options.behaviour.debugOutlivesSession ?? true,
    minuteMs: options.behaviour.debugMinuteMs ?? 60_000,
  });
  const reader: Reader = { state, outputs, debug, behaviour, record };

  function behaviour(): SimulatorBehaviour {
    const { haRole: _role, hostname: _name, ...rest } = options.behaviour;
    return {
      ...rest,
      haRole: role.current,
      hostname: name.current,
    };
  }

  function prompt(): string {
    if (unfinished !== '') return '> ';
    const suffix = role.current === undefined ? '' : `(${role.current})`;
    const context = config?.context() ?? (path === home ? undefined : contextOf(path));
    const inside = context === undefined ? '' : ` (${shorten(context)})`;
    return `${shorten(hostname(state, behaviour()))}${suffix}${inside} ${rights.privilege} `;
  }

  function execute(typed: string): CliReply {
    const line = unfinished === '' ? typed : `${unfinished}\n${typed}`;
    unfinished = '';
    const { command, grep } = splitGrep(line);
    if (grep === 'invalid') return { lines: ['', "command parse error before '|'"], error: true };
    const cut = toWords(command);
    if (cut.kind === 'unfinished') {
      unfinished = line;
      return NOTHING;
    }
    if (cut.kind === 'unexpected') return parseErrorBefore(cut.at);
    const reply = executeWords(cut.words, command.trim());
    const asked = command.trim().replace(/^sudo \S+ /, '');
    if (asked === options.behaviour.flipRoleAfter) {
      role.current = role.current === 'Primary' ? 'Secondary' : 'Primary';
    }
    const { deletedAfter, renameAfter } = options.behaviour;
    if (renameAfter && asked === renameAfter.command) name.current = renameAfter.hostname;
    if (deletedAfter && asked === deletedAfter.command) state.deleteVdom(deletedAfter.vdom);
    if (!grep || reply.error) return reply;
    return { lines: options.outputs.get(line.trim())?.split('\n') ?? applyGrep(grep, reply.lines) };
  }

  function executeWords([typed = '', ...words]: readonly string[], line: string): CliReply {
    if (typed === '') return NOTHING;
    if (config) return typeInBlock(config, typed, words, line);
    const verb = expand(typed, VERBS) ?? '';
    const denial = denialOf(verb, words);
    if (denial) return denial;
    const reading = READ_VERBS.find((each) => each === verb);
    if (reading) return rights[reading] ? read(reader, path, reading, words) : unknownAction();
    switch (verb) {
      case 'config':
        return enter(words);
      case 'edit':
        return path.kind === 'vdoms' ? goToVdom(words[0]) : unknownAction();
      case 'sudo':
        return elsewhere(words);
      case 'end':
      case 'abort':
      case 'next':
        return leave();
      case 'exit':
        return path === home ? { lines: [], hangUp: true } : leave();
      default:
        return unknownAction();
    }
  }

  function denialOf(verb: string, words: readonly string[]): CliReply | undefined {
    const command = [verb, ...words].join(' ');
    const { silentDeny, silentlyDenied, denied } = options.behaviour;
    if (denied?.includes(command)) return noPermission();
    if (silentlyDenied?.includes(command)) return NOTHING;
    return silentDeny && command !== 'get system status' && verb !== 'exit' ? NOTHING : undefined;
  }

  function typeInBlock(
    block: ConfigSession,
    typed: string,
    words: readonly string[],
    line: string,
  ): CliReply {
    const verb = expand(typed, block.verbs) ?? typed;
    const withPath = words.length > 0 && words[0] !== 'full-configuration';
    if ((verb === 'show' || verb === 'get') && withPath) return read(reader, path, verb, words);
    const reply = block.type(verb, words, line);
    if (block.finished()) config = undefined;
    return reply;
  }

  function leave(): CliReply {
    if (path === home) return unknownAction();
    path = home;
    return NOTHING;
  }

  function enter(words: readonly string[]): CliReply {
    const [first] = words;
    if (first === undefined) return incomplete();
    const wrapper = words.length === 1 && state.multiVdom ? expand(first, ['global', 'vdom']) : undefined;
    if (wrapper) {
      if (rights.vdom !== undefined || !rights.config) return parseErrorBefore(first);
      path = { kind: wrapper === 'global' ? 'global' : 'vdoms' };
      return NOTHING;
    }
    const outside = (state.multiVdom && path.kind === 'root') || path.kind === 'vdoms';
    if (outside || !rights.config || !rights.write) return parseErrorBefore(first);
    const found = resolvePath(state, scopeOf(path), words);
    if ('badWord' in found)
      return found.badWord === undefined ? incomplete() : parseErrorBefore(found.badWord);
    const [extra] = found.rest;
    if (extra !== undefined) return parseErrorBefore(extra);
    config = openConfig(state, scopeOf(path), found.path, record);
    return NOTHING;
  }

  function goToVdom(name: string | undefined): CliReply {
    const asks =
      options.behaviour.editVdomPrompt === true ||
      state.setting('system global', 'edit-vdom-prompt') === 'enable';
    return editVdom(state, name, { asks, mayCreate: rights.write, record }, (chosen) => {
      path = { kind: 'vdom', name: chosen };
    });
  }

  /** `sudo <vdom|global> <command>`: reads another scope without entering it, reserved ones too. */
  function elsewhere([where, typed, ...words]: readonly string[]): CliReply {
    if (where === undefined || typed === undefined) return incomplete();
    const { sudo = true } = options.behaviour;
    if (sudo === 'asks') {
      return { lines: [], question: { text: ['Do you want to continue? (y/n)'], answer: () => NOTHING } };
    }
    if (typeof sudo === 'object') return { lines: sudo, error: true };
    const reserved = where === 'dmgmt-vdom';
    if (!sudo || !state.multiVdom || rights.vdom !== undefined) return unknownAction();
    if (where !== 'global' && !reserved && !state.vdoms().includes(where)) return parseErrorBefore(where);
    const verb: ReadVerb | undefined = READ_VERBS.find((each) => each === expand(typed, READ_VERBS));
    if (!verb || !rights[verb]) return unknownAction();
    const denial = denialOf(verb, words);
    if (denial) return denial;
    return read(reader, where === 'global' ? { kind: 'global' } : { kind: 'vdom', name: where }, verb, words);
  }

  function candidates(words: readonly string[]) {
    return listHelp(words, {
      state,
      scope: scopeOf(path),
      verbs:
        config?.verbs ?? VERBS.filter((each) => !READ_VERBS.some((verb) => verb === each && !rights[verb])),
    });
  }

  return {
    prompt,
    execute,
    help: (partial) => candidates(partial.split(/ +/)).map(({ word, about }) => `${word.padEnd(24)}${about}`),
    complete: (partial) => {
      const last = partial.split(' ').at(-1) ?? '';
      const words = candidates(partial.split(/ +/)).map(({ word }) => word);
      return words.length === 1 ? `${words[0]?.slice(last.length)} ` : undefined;
    },
    interrupt: () => {
      const open = config !== undefined || unfinished !== '';
      config = undefined;
      unfinished = '';
      return open ? 'left' : 'closed';
    },
    printsDebug: debug.printing,
    close: debug.close,
  };
}
