import { type PromptLine, parsePromptLine } from '../fortios/prompt.ts';
import { failureOf } from './cli-failure.ts';
import { spellOut } from './command-names.ts';
import { startsConfig } from './config-run.ts';
import type { LineRange } from './line-range.ts';
import { afterCommand, openPath, resync, type SessionState, startSession, vdomOf } from './session.ts';
import type { CommandFailure } from './types.ts';

interface TranscriptText {
  readonly lines: readonly string[];
  /** Whether debug, or the output of another device, begins here. */
  readonly endsOutput: (at: number) => boolean;
  readonly endOfConfigAt: (from: number) => number;
}

/** Lines between a command and its output. */
const OUTPUT_WITHIN_LINES = 4;
const READS = /^(?:get|show|diagnose|execute)\b/;

/** Tracks a CLI session in a text: which command printed what, and in which VDOM. */
export function createTranscript({ lines, endsOutput, endOfConfigAt }: TranscriptText) {
  let state: SessionState | undefined;

  return { host: () => state?.host, commandAt };

  /** The command typed at the prompt at index `at`, with its output. Bare prompts have no output. */
  function commandAt(at: number): LineRange | undefined {
    const prompt = promptAt(at);
    if (!prompt) return undefined;
    state = resync(state ?? startSession(prompt.host), prompt);
    if (prompt.command === '') return undefined;
    const { text, scope } = spellOut(prompt.command);
    if (READS.test(text)) return readCommand(at, prompt, text, scope);
    return openPath(state) === undefined && isStep(text) ? step(at, prompt, text) : typedSession(at);
  }

  /** `config global`, `config vdom`, `edit <vdom>`, `end`: changes of scope without useful output. */
  function step(at: number, prompt: PromptLine, text: string): LineRange {
    const to = endOfOutput(at, prompt, false);
    const failure = failureOf(lines.slice(at + 1, to));
    if (state && !failure) state = afterCommand(state, text);
    return { kind: 'other', from: at, to };
  }

  function isStep(text: string): boolean {
    return !text.startsWith('config ') || text === 'config global' || text === 'config vdom';
  }

  function readCommand(at: number, prompt: PromptLine, text: string, scope: string | undefined): LineRange {
    const current = state ?? startSession(prompt.host);
    const path = shownPath(current) ?? pathOfContext(prompt.context, lines, at + 1);
    const command = path === undefined ? text : inPath(text, path);
    const vdom =
      scope ?? (path !== undefined && openPath(current) === undefined ? undefined : vdomOf(current, prompt));
    const shows = command.startsWith('show');
    const to = endOfOutput(at, prompt, shows);
    const failure = failureOf(lines.slice(at + 1, to));
    const printsConfig = shows && !failure && findConfig(at + 1, to);
    return {
      kind: printsConfig ? 'config' : 'output',
      from: at,
      to,
      command,
      host: prompt.host,
      ...(to < lines.length && parsePromptLine(lines[to] ?? '', prompt.host) ? { ended: true as const } : {}),
      vdom: vdom === 'global' ? undefined : vdom,
      ...(!failure && path === undefined && standsInScope(current, prompt, text)
        ? { multiVdom: true as const }
        : {}),
      failure,
    };
  }

  function findConfig(from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) if (startsConfig(lines, at)) return true;
    return false;
  }

  /** `config system ftm-push` … `end`, as typed: what was tried, and how the device answered. */
  function typedSession(from: number): LineRange {
    let to = from;
    let failure: CommandFailure | undefined;
    let command: string | undefined;
    let vdom: string | undefined;
    let multiVdom = false;
    for (let prompt = promptAt(to); prompt; prompt = promptAt(to)) {
      state = resync(state ?? startSession(prompt.host), prompt);
      const { text } = spellOut(prompt.command);
      if (to > from && (READS.test(text) || openPath(state) === undefined)) break;
      vdom ??= vdomOf(state, prompt);
      const inScope = to === from && standsInScope(state, prompt, text);
      command ??= text.startsWith('config ') ? text : openPath(state) && `config ${openPath(state)}`;
      const next = prompt.command === '' ? to + 1 : endOfOutput(to, prompt, false);
      const refused = failureOf(lines.slice(to + 1, next));
      failure ??= refused;
      multiVdom ||= inScope && !refused;
      // A refused `config` opens nothing; a refused `end` still closes the block.
      if (!refused || !text.startsWith('config ')) state = afterCommand(state, text);
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
   * pasted configuration.
   */
  function endOfOutput(at: number, prompt: PromptLine, shows: boolean): number {
    for (let next = at + 1; next < lines.length; next += 1) {
      if (endsOutput(next) || parsePromptLine(lines[next] ?? '', prompt.host)) return next;
      if (!startsConfig(lines, next)) continue;
      if (!shows) return next;
      next = Math.max(next, endOfConfigAt(next) - 1);
    }
    return lines.length;
  }

  function promptAt(at: number): PromptLine | undefined {
    return at < lines.length ? parsePromptLine(lines[at] ?? '', state?.host) : undefined;
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
