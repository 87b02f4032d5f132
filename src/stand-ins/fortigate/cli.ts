import { expand } from './abbreviation.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import { ConfigSession } from './config/session.ts';
import { type ConfigPath, pathContext, pathScope, shorten } from './config-path.ts';
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
import { getRights, type Rights } from './rights.ts';
import { SessionDebug } from './session-debug.ts';
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

const READ_VERBS = ['get', 'show', 'diagnose', 'execute'] as const;
const VERBS = [...READ_VERBS, 'config', 'edit', 'end', 'abort', 'exit', 'next', 'sudo'];

/** The command line of one session, without its bytes. */
export class Cli {
  readonly #options: CliOptions;
  readonly #state: DeviceState;
  readonly #rights: Rights;
  readonly #role: NonNullable<CliOptions['role']>;
  readonly #name: NonNullable<CliOptions['name']>;
  readonly #home: ConfigPath;
  #path: ConfigPath;
  #config: ConfigSession | undefined;
  /** A line whose quote is still open. */
  #unfinished = '';
  readonly #debug: SessionDebug;
  readonly #reader: Reader;

  constructor(options: CliOptions) {
    const { state, behaviour, outputs, record, print = () => {} } = options;
    this.#options = options;
    this.#state = state;
    this.#rights = getRights(options.user, state, behaviour);
    this.#role = options.role ?? { current: behaviour.haRole };
    this.#name = options.name ?? { current: behaviour.hostname };
    const { vdom } = this.#rights;
    this.#home = vdom === undefined ? { kind: 'root' } : { kind: 'vdom', name: vdom };
    this.#path = this.#home;
    this.#debug = new SessionDebug({
      device: options.debug ?? createDeviceDebug(behaviour),
      print,
      now: () => new Date(),
      outlivesSession: behaviour.debugOutlivesSession ?? true,
      minuteMs: behaviour.debugMinuteMs ?? 60_000,
    });
    this.#reader = { state, outputs, debug: this.#debug, behaviour: () => this.#behaviour(), record };
  }

  prompt(): string {
    if (this.#unfinished !== '') return '> ';
    const suffix = this.#role.current === undefined ? '' : `(${this.#role.current})`;
    const context =
      this.#config?.context() ?? (this.#path === this.#home ? undefined : pathContext(this.#path));
    const inside = context === undefined ? '' : ` (${shorten(context)})`;
    return `${shorten(hostname(this.#state, this.#behaviour()))}${suffix}${inside} ${this.#rights.privilege} `;
  }

  execute(typed: string): CliReply {
    const line = this.#unfinished === '' ? typed : `${this.#unfinished}\n${typed}`;
    this.#unfinished = '';
    const { command, grep } = splitGrep(line);
    if (grep === 'invalid') return { lines: ['', "command parse error before '|'"], error: true };
    const cut = toWords(command);
    if (cut.kind === 'unfinished') {
      this.#unfinished = line;
      return NOTHING;
    }
    if (cut.kind === 'unexpected') return parseErrorBefore(cut.at);
    const reply = this.#executeWords(cut.words, command.trim());
    const asked = command.trim().replace(/^sudo \S+ /, '');
    if (asked === this.#options.behaviour.flipRoleAfter) {
      this.#role.current = this.#role.current === 'Primary' ? 'Secondary' : 'Primary';
    }
    const { deletedAfter, renameAfter } = this.#options.behaviour;
    if (renameAfter && asked === renameAfter.command) this.#name.current = renameAfter.hostname;
    if (deletedAfter && asked === deletedAfter.command) this.#state.deleteVdom(deletedAfter.vdom);
    if (!grep || reply.error) return reply;
    return { lines: this.#options.outputs.get(line.trim())?.split('\n') ?? applyGrep(grep, reply.lines) };
  }

  /** The help that `?` prints after this part of a line. */
  help(partial: string): readonly string[] {
    return this.#candidates(partial.split(/ +/)).map(({ word, about }) => `${word.padEnd(24)}${about}`);
  }

  /** The completion that Tab adds to this part of a line. */
  complete(partial: string): string | undefined {
    const last = partial.split(' ').at(-1) ?? '';
    const words = this.#candidates(partial.split(/ +/)).map(({ word }) => word);
    return words.length === 1 ? `${words[0]?.slice(last.length)} ` : undefined;
  }

  /** Ctrl-C at the prompt leaves the open block, or else ends the session. */
  interrupt(): 'left' | 'closed' {
    const open = this.#config !== undefined || this.#unfinished !== '';
    this.#config = undefined;
    this.#unfinished = '';
    return open ? 'left' : 'closed';
  }

  /** Whether debug output is printed here. */
  printsDebug(): boolean {
    return this.#debug.printing();
  }

  /** The session is over. */
  close(): void {
    this.#debug.close();
  }

  #behaviour(): SimulatorBehaviour {
    const { haRole: _role, hostname: _name, ...rest } = this.#options.behaviour;
    return {
      ...rest,
      haRole: this.#role.current,
      hostname: this.#name.current,
    };
  }

  #executeWords([typed = '', ...words]: readonly string[], line: string): CliReply {
    if (typed === '') return NOTHING;
    if (this.#config) return this.#typeInBlock(this.#config, typed, words, line);
    const verb = expand(typed, VERBS) ?? '';
    const denial = this.#denialOf(verb, words);
    if (denial) return denial;
    const reading = READ_VERBS.find((each) => each === verb);
    if (reading)
      return this.#rights[reading] ? read(this.#reader, this.#path, reading, words) : unknownAction();
    switch (verb) {
      case 'config':
        return this.#enter(words);
      case 'edit':
        return this.#path.kind === 'vdoms' ? this.#goToVdom(words[0]) : unknownAction();
      case 'sudo':
        return this.#elsewhere(words);
      case 'end':
      case 'abort':
      case 'next':
        return this.#leave();
      case 'exit':
        return this.#path === this.#home ? { lines: [], hangUp: true } : this.#leave();
      default:
        return unknownAction();
    }
  }

  #denialOf(verb: string, words: readonly string[]): CliReply | undefined {
    const command = [verb, ...words].join(' ');
    const { silentDeny, silentlyDenied, denied } = this.#options.behaviour;
    if (denied?.includes(command)) return noPermission();
    if (silentlyDenied?.includes(command)) return NOTHING;
    return silentDeny && command !== 'get system status' && verb !== 'exit' ? NOTHING : undefined;
  }

  #typeInBlock(block: ConfigSession, typed: string, words: readonly string[], line: string): CliReply {
    const verb = expand(typed, block.verbs) ?? typed;
    const withPath = words.length > 0 && words[0] !== 'full-configuration';
    if ((verb === 'show' || verb === 'get') && withPath) return read(this.#reader, this.#path, verb, words);
    const reply = block.type(verb, words, line);
    if (block.finished()) this.#config = undefined;
    return reply;
  }

  #leave(): CliReply {
    if (this.#path === this.#home) return unknownAction();
    this.#path = this.#home;
    return NOTHING;
  }

  #enter(words: readonly string[]): CliReply {
    const [first] = words;
    if (first === undefined) return incomplete();
    const wrapper =
      words.length === 1 && this.#state.multiVdom ? expand(first, ['global', 'vdom']) : undefined;
    if (wrapper) {
      if (this.#rights.vdom !== undefined || !this.#rights.config) return parseErrorBefore(first);
      this.#path = { kind: wrapper === 'global' ? 'global' : 'vdoms' };
      return NOTHING;
    }
    const outside = (this.#state.multiVdom && this.#path.kind === 'root') || this.#path.kind === 'vdoms';
    if (outside || !this.#rights.config || !this.#rights.write) return parseErrorBefore(first);
    const found = resolvePath(this.#state, pathScope(this.#path), words);
    if ('badWord' in found)
      return found.badWord === undefined ? incomplete() : parseErrorBefore(found.badWord);
    const [extra] = found.rest;
    if (extra !== undefined) return parseErrorBefore(extra);
    this.#config = new ConfigSession(this.#state, pathScope(this.#path), found.path, this.#options.record);
    return NOTHING;
  }

  #goToVdom(name: string | undefined): CliReply {
    const asks =
      this.#options.behaviour.editVdomPrompt === true ||
      this.#state.setting('system global', 'edit-vdom-prompt') === 'enable';
    return editVdom(
      this.#state,
      name,
      { asks, mayCreate: this.#rights.write, record: this.#options.record },
      (chosen) => {
        this.#path = { kind: 'vdom', name: chosen };
      },
    );
  }

  /** `sudo <vdom|global> <command>`: reads another scope without entering it, reserved ones too. */
  #elsewhere([where, typed, ...words]: readonly string[]): CliReply {
    if (where === undefined || typed === undefined) return incomplete();
    const { sudo = true } = this.#options.behaviour;
    if (sudo === 'asks') {
      return { lines: [], question: { text: ['Do you want to continue? (y/n)'], answer: () => NOTHING } };
    }
    if (typeof sudo === 'object') return { lines: sudo, error: true };
    const reserved = where === 'dmgmt-vdom';
    if (!sudo || !this.#state.multiVdom || this.#rights.vdom !== undefined) return unknownAction();
    if (where !== 'global' && !reserved && !this.#state.vdoms().includes(where))
      return parseErrorBefore(where);
    const verb: ReadVerb | undefined = READ_VERBS.find((each) => each === expand(typed, READ_VERBS));
    if (!verb || !this.#rights[verb]) return unknownAction();
    const denial = this.#denialOf(verb, words);
    if (denial) return denial;
    return read(
      this.#reader,
      where === 'global' ? { kind: 'global' } : { kind: 'vdom', name: where },
      verb,
      words,
    );
  }

  #candidates(words: readonly string[]) {
    return listHelp(words, {
      state: this.#state,
      scope: pathScope(this.#path),
      verbs:
        this.#config?.verbs ??
        VERBS.filter((each) => !READ_VERBS.some((verb) => verb === each && !this.#rights[verb])),
    });
  }
}
