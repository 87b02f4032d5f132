import { type PromptLine, parsePromptLine } from '../fortios/prompt.ts';
import { findFailure } from './cli-failure.ts';
import { spellOut } from './command-names.ts';
import { holdsStatement, startsConfig } from './config-run.ts';
import type { LineRange } from './line-range.ts';
import { afterCommand, findVdom, openPath, resync, type SessionState, startSession } from './session.ts';
import type { CommandFailure } from './types.ts';

interface TranscriptText {
  readonly lines: readonly string[];
  /** Whether debug, or the output of another device, begins here. */
  readonly endsOutput: (at: number) => boolean;
  readonly endOfConfigAt: (from: number) => number;
}

/** Lines between a command and its output. */
const OUTPUT_WITHIN_LINES = 4;
/** `show … | grep mode` prints no `config`; with `-f` the blocks around the lines, with `.` all of it. */
const PICKS = /\| ?grep (?!.*-[a-z]*f\b).*[\w-]{3}/;
const READS = /^(?:get|show|diagnose|execute)\b/;

/** Tracks a CLI session in a text: which command printed what, and in which VDOM. */
export class Transcript {
  readonly #lines: TranscriptText['lines'];
  readonly #endsOutput: TranscriptText['endsOutput'];
  readonly #endOfConfigAt: TranscriptText['endOfConfigAt'];
  #state: SessionState | undefined;

  constructor({ lines, endsOutput, endOfConfigAt }: TranscriptText) {
    this.#lines = lines;
    this.#endsOutput = endsOutput;
    this.#endOfConfigAt = endOfConfigAt;
  }

  host(): string | undefined {
    return this.#state?.host;
  }

  /** The command typed at the prompt at index `at`, with its output. Bare prompts have no output. */
  commandAt(at: number): LineRange | undefined {
    const prompt = this.#promptAt(at);
    if (!prompt) return undefined;
    this.#state = resync(this.#state ?? startSession(prompt.host), prompt);
    if (prompt.command === '') return undefined;
    const { text, scope } = spellOut(prompt.command);
    if (READS.test(text)) return this.#readCommand(at, prompt, text, scope);
    return openPath(this.#state) === undefined && this.#isStep(text)
      ? this.#step(at, prompt, text)
      : this.#typedSession(at);
  }

  /** `config global`, `config vdom`, `edit <vdom>`, `end`: changes of scope without useful output. */
  #step(at: number, prompt: PromptLine, text: string): LineRange {
    const { to } = this.#endOfOutput(at, prompt, false);
    const failure = findFailure(this.#lines.slice(at + 1, to));
    if (this.#state && !failure) this.#state = afterCommand(this.#state, text);
    return { kind: 'other', from: at, to };
  }

  #isStep(text: string): boolean {
    return !text.startsWith('config ') || text === 'config global' || text === 'config vdom';
  }

  #readCommand(at: number, prompt: PromptLine, text: string, scope: string | undefined): LineRange {
    const current = this.#state ?? startSession(prompt.host);
    const path = shownPath(current) ?? pathOfContext(prompt.context, this.#lines, at + 1);
    const command = path === undefined ? text : inPath(text, path);
    const vdom =
      scope ??
      (path !== undefined && openPath(current) === undefined ? undefined : findVdom(current, prompt));
    const shows = command.startsWith('show') && !PICKS.test(command);
    const { to, config: end } = this.#endOfOutput(at, prompt, shows);
    const failure = findFailure(this.#lines.slice(at + 1, to));
    const config = failure ? undefined : end;
    return {
      kind: config === undefined ? 'output' : 'config',
      from: at,
      // What a person wrote below a configuration is no part of it.
      to: config === undefined || holdsStatement(this.#lines, config, to) ? to : config,
      command,
      host: prompt.host || undefined,
      ...(to < this.#lines.length && parsePromptLine(this.#lines[to] ?? '', prompt.host)
        ? { ended: true as const }
        : {}),
      vdom: vdom === 'global' ? undefined : vdom,
      ...(!failure && path === undefined && standsInScope(current, prompt, text)
        ? { multiVdom: true as const }
        : {}),
      failure,
    };
  }

  /** `config system ftm-push` … `end`, as typed: what was tried, and how the device answered. */
  #typedSession(from: number): LineRange {
    let to = from;
    let failure: CommandFailure | undefined;
    let command: string | undefined;
    let vdom: string | undefined;
    let multiVdom = false;
    for (let prompt = this.#promptAt(to); prompt; prompt = this.#promptAt(to)) {
      this.#state = resync(this.#state ?? startSession(prompt.host), prompt);
      const { text } = spellOut(prompt.command);
      if (to > from && (READS.test(text) || openPath(this.#state) === undefined)) break;
      vdom ??= findVdom(this.#state, prompt);
      const inScope = to === from && standsInScope(this.#state, prompt, text);
      command ??= text.startsWith('config ')
        ? text
        : openPath(this.#state) && `config ${openPath(this.#state)}`;
      const next = prompt.command === '' ? to + 1 : this.#endOfOutput(to, prompt, false).to;
      const refused = findFailure(this.#lines.slice(to + 1, next));
      failure ??= refused;
      multiVdom ||= inScope && !refused;
      // A refused `config` opens nothing; a refused `end` still closes the block.
      if (!refused || !text.startsWith('config ')) this.#state = afterCommand(this.#state, text);
      to = next;
    }
    return {
      kind: 'output',
      from,
      to,
      command,
      vdom,
      multiVdom: multiVdom ? true : undefined,
      failure,
    };
  }

  /**
   * Index after the output of the command at `at`: ends at the next prompt, at debug output, at another device, or at a
   * pasted configuration. `config`: index after the last configuration in it.
   */
  #endOfOutput(
    at: number,
    prompt: PromptLine,
    shows: boolean,
  ): { readonly to: number; readonly config?: number | undefined } {
    let config: number | undefined;
    for (let next = at + 1; next < this.#lines.length; next += 1) {
      if (this.#endsOutput(next) || parsePromptLine(this.#lines[next] ?? '', prompt.host))
        return { to: next, config };
      if (!startsConfig(this.#lines, next)) continue;
      if (!shows) return { to: next };
      config = this.#endOfConfigAt(next);
      next = Math.max(next, config - 1);
    }
    return { to: this.#lines.length, config };
  }

  #promptAt(at: number): PromptLine | undefined {
    return at < this.#lines.length ? parsePromptLine(this.#lines[at] ?? '', this.#state?.host) : undefined;
  }
}

/**
 * Whether the prompt's context is the global scope or a VDOM, which only a device with VDOMs has. `(global)` is also
 * the prompt of `config system global`, and `(wan1)` that of an interface; but a command with a path of its own is not
 * run there.
 */
function standsInScope({ open }: SessionState, { context }: PromptLine, command: string): boolean {
  if (context === undefined || context === 'vdom' || open.length > 0) return false;
  const [verb = '', ...path] = command.split(' ').filter((word) => word !== 'full-configuration');
  return /^(?:get|show|diagnose|execute|config)$/.test(verb) && path.length > 1 && path[0] !== '|';
}

/** The object of a bare `show` or `get`: the open path, with the open entry. */
function shownPath({ open }: SessionState): string | undefined {
  const [outer, inner, ...deeper] = open;
  if (outer?.kind !== 'config' || deeper.length > 0) return undefined;
  if (inner === undefined) return outer.name;
  return inner.kind === 'edit' ? `${outer.name} ${inner.name}` : undefined;
}

/** For a session whose start is missing: `(admin)` may be a VDOM, or the open path if such a block follows. */
function pathOfContext(
  context: string | undefined,
  lines: readonly string[],
  from: number,
): string | undefined {
  if (context === undefined || context === 'global') return undefined;
  const first = lines.slice(from, from + OUTPUT_WITHIN_LINES).find((line) => line.trim() !== '') ?? '';
  const path = /^[ \t]*config (\S.*?)[ \t]*$/.exec(first.slice(0, 200))?.[1];
  if (path?.endsWith(` ${context}`)) return path;
  return context === 'ftm-push' ? 'system ftm-push' : undefined;
}

/** `show` and `get` typed inside `config system ftm-push` refer to that path. */
function inPath(text: string, path: string): string {
  const [verb = '', ...rest] = text.split(' ');
  if ((verb === 'get' || verb === 'show') && rest.length === 0) return `${verb} ${path}`;
  if (verb === 'show' && rest.length === 1 && 'full-configuration'.startsWith(rest[0] ?? '-')) {
    return `show full-configuration ${path}`;
  }
  return text;
}
