import type { ConfigScope } from '../fortios/config/types.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import { cannedOutput } from './canned-outputs.ts';
import { type ConfigSession, openConfig } from './config-session.ts';
import type { ConfigWrite, DeviceState } from './device-state.ts';
import { applyGrep, splitGrep } from './grep.ts';
import { resolvePath } from './paths.ts';
import { type CliReply, failed, incomplete, NOTHING, parseErrorBefore, unknownAction } from './reply.ts';
import { getPath, showAll, showPath } from './show.ts';
import { hostname, systemStatus } from './system-status.ts';

export interface CliOptions {
  readonly state: DeviceState;
  readonly behaviour: SimulatorBehaviour;
  /** Command text to output; consulted before anything is made from the configuration. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly record: (write: ConfigWrite) => void;
}

/** The command line of one session, without its bytes. */
export interface Cli {
  readonly prompt: () => string;
  readonly execute: (line: string) => CliReply;
}

type Place =
  | { readonly kind: 'root' | 'global' | 'vdoms' }
  | { readonly kind: 'vdom'; readonly name: string };

const VERBS = ['get', 'show', 'config', 'diagnose', 'execute', 'edit', 'end', 'abort', 'exit', 'next'];
const CONFIG_VERBS = [
  'set',
  'append',
  'select',
  'unselect',
  'unset',
  'edit',
  'delete',
  'config',
  'next',
  'end',
  'abort',
  'show',
  'get',
];
const VDOM_NAME = /^[A-Za-z0-9_-]{1,31}$/;

export function createCli({ state, behaviour, outputs, record }: CliOptions): Cli {
  const home: Place =
    behaviour.vdomAdmin === undefined ? { kind: 'root' } : { kind: 'vdom', name: behaviour.vdomAdmin };
  let place: Place = home;
  let config: ConfigSession | undefined;

  function scope(): ConfigScope {
    if (place.kind === 'vdom') return { kind: 'vdom', name: place.name };
    return place.kind === 'global' ? { kind: 'global' } : { kind: 'none' };
  }

  function prompt(): string {
    const role = behaviour.haRole === undefined ? '' : `(${behaviour.haRole})`;
    const context = config?.context() ?? contextOf(place);
    const inside = context === undefined ? '' : ` (${shorten(context)})`;
    return `${shorten(hostname(state, behaviour))}${role}${inside} ${behaviour.privilege ?? '#'} `;
  }

  function contextOf(where: Place): string | undefined {
    if (where === home) return undefined;
    if (where.kind === 'vdom') return where.name;
    return where.kind === 'vdoms' ? 'vdom' : where.kind === 'global' ? 'global' : undefined;
  }

  function execute(line: string): CliReply {
    const { command, grep } = splitGrep(line);
    if (grep === 'invalid') return { lines: ['', "command parse error before '|'"] };
    const reply = executeCommand(command);
    return grep && reply.paged ? { lines: applyGrep(grep, reply.lines) } : reply;
  }

  function executeCommand(line: string): CliReply {
    const [typed = '', ...words] = line.trim().split(/ +/);
    if (typed === '') return NOTHING;
    const verb = expand(typed, config ? CONFIG_VERBS : VERBS) ?? '';
    if (config && (verb === 'show' || verb === 'get')) return read(verb, words);
    if (config) {
      const reply = config.type(verb || typed, words, line.trim());
      if (config.finished()) config = undefined;
      return reply;
    }
    if (behaviour.silentlyDenied?.includes([verb, ...words].join(' '))) return NOTHING;
    switch (verb) {
      case 'get':
      case 'show':
      case 'diagnose':
      case 'execute':
        return read(verb, words);
      case 'config':
        return enter(words);
      case 'edit':
        return place.kind === 'vdoms' ? editVdom(words[0]) : unknownAction();
      case 'end':
      case 'abort':
      case 'next':
        return leave();
      case 'exit':
        return place === home ? { lines: [], hangUp: true } : leave();
      default:
        return unknownAction();
    }
  }

  function leave(): CliReply {
    if (place === home) return unknownAction();
    place = home;
    return NOTHING;
  }

  function enter(words: readonly string[]): CliReply {
    const [first] = words;
    if (first === undefined) return incomplete();
    if (state.multiVdom && words.length === 1 && (first === 'global' || first === 'vdom')) {
      if (behaviour.vdomAdmin !== undefined || behaviour.config === false) return parseErrorBefore(first);
      place = { kind: first === 'global' ? 'global' : 'vdoms' };
      return NOTHING;
    }
    const found = outOfScope() ? { badWord: first } : resolvePath(state, scope(), words);
    if ('badWord' in found)
      return found.badWord === undefined ? incomplete() : parseErrorBefore(found.badWord);
    config = openConfig(state, scope(), found.path, record);
    return NOTHING;
  }

  function editVdom(name: string | undefined): CliReply {
    if (name === undefined) return incomplete();
    if (name === 'dmgmt-vdom') return { lines: [`'${name}' is reserved and cannot be edited directly`] };
    if (!VDOM_NAME.test(name)) return failed(-1, `invalid name '${name}'`);
    if (state.vdoms().includes(name)) return enterVdom(name);
    if (!behaviour.editVdomPrompt) return createAndEnter(name);
    return {
      lines: [],
      question: {
        text: [
          "The input VDOM name doesn't exist.",
          'Do you want to create a new VDOM?',
          "Please press 'y' to continue, or press 'n' to cancel. (y/n)",
        ],
        answer: (key) => (key.toLowerCase() === 'y' ? createAndEnter(name) : NOTHING),
      },
    };
  }

  function createAndEnter(name: string): CliReply {
    record({ scope: { kind: 'vdom', name }, path: 'vdom', line: `edit ${name}` });
    state.createVdom(name);
    return enterVdom(name);
  }

  function enterVdom(name: string): CliReply {
    place = { kind: 'vdom', name };
    return { lines: [`current vf=${name}:${state.vdoms().indexOf(name)}`] };
  }

  /** At the root of a multi-VDOM device, and in `config vdom`, nothing but the status can be read. */
  function outOfScope(): boolean {
    return (state.multiVdom && place.kind === 'root') || place.kind === 'vdoms';
  }

  function read(verb: 'get' | 'show' | 'diagnose' | 'execute', words: readonly string[]): CliReply {
    if (verb === 'diagnose' && behaviour.diagnose === false) return unknownAction();
    if (words.length === 0 && verb !== 'show') return incomplete();
    const command = [verb, ...words].join(' ');
    const paged = verb === 'get' || verb === 'show';
    const given = outputs.get(command);
    if (given !== undefined) return { lines: given.replace(/\n$/, '').split('\n'), paged };
    if (isAbbreviation(words, ['system', 'status']) && verb === 'get') {
      const current = place.kind === 'vdom' ? place.name : 'root';
      return { lines: systemStatus(state, behaviour, current), paged };
    }
    if (verb === 'show' && fullWords(words).rest.length === 0) {
      return { lines: showAll(state, scope(), fullWords(words).full), paged };
    }
    if (outOfScope()) return verb === 'diagnose' ? unknownAction() : parseErrorBefore(words[0] ?? '');
    const canned = runsHere(command) ? cannedOutput(command, state, behaviour, scope()) : undefined;
    if (canned) return { lines: canned, paged };
    if (verb === 'diagnose' || verb === 'execute') return parseErrorBefore(words[0] ?? '');
    return readPath(verb, words);
  }

  function readPath(verb: 'get' | 'show', words: readonly string[]): CliReply {
    const { full, rest } = verb === 'show' ? fullWords(words) : { full: true, rest: words };
    const found = resolvePath(state, scope(), rest);
    if ('badWord' in found)
      return found.badWord === undefined ? incomplete() : parseErrorBefore(found.badWord);
    if (verb === 'get') return { lines: getPath(state, scope(), found.path), paged: true };
    const [quoted] = found.rest;
    const key = quoted?.replaceAll('"', '');
    const lines = showPath(state, scope(), found.path, { full, ...(key === undefined ? {} : { key }) });
    return lines
      ? { lines, paged: true }
      : failed(-3, `entry not found in datasource`, `value parse error before '${key}'`);
  }

  function runsHere(command: string): boolean {
    if (!state.multiVdom) return true;
    if (command === 'diagnose fortitoken info') return true;
    return command.startsWith('execute ping') ? place.kind === 'vdom' : place.kind === 'global';
  }

  return { prompt, execute };
}

function fullWords(words: readonly string[]): { full: boolean; rest: readonly string[] } {
  const [first = ''] = words;
  const full = first.length >= 4 && 'full-configuration'.startsWith(first);
  return { full, rest: full ? words.slice(1) : words };
}

function isAbbreviation(words: readonly string[], of: readonly string[]): boolean {
  return words.length === of.length && words.every((word, at) => word.length > 2 && of[at]?.startsWith(word));
}

/** The one verb this word begins, as FortiOS takes `conf`, `diag` and `sh`. */
function expand(word: string, verbs: readonly string[]): string | undefined {
  if (verbs.includes(word)) return word;
  const begun = verbs.filter((verb) => verb.startsWith(word));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Prompts hold 24 characters of a name: the first 20, `~`, the last 3. */
function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 20)}~${name.slice(-3)}` : name;
}
