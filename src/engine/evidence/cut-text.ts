import { createStatementReader } from '../fortios/config/lex.ts';
import { parsePromptLine } from '../fortios/prompt.ts';
import { spellOut } from './command-names.ts';
import { endOfConfig, startsConfig } from './config-run.ts';
import { isDebugCommand, isDebugCompanion, isDebugMark } from './debug-lines.ts';
import { ansibleHost } from './formats/ansible.ts';
import { isInstruction } from './instructions.ts';
import type { LineRange } from './line-range.ts';
import { shapedOutputAt, startsShapedOutput } from './output-shapes.ts';
import { Transcript } from './transcript.ts';
import type { Section } from './types.ts';

/** Other lines allowed between two debug lines: prose of an article, or a wrapped message. */
const DEBUG_GAP = 100;
/** Lines directly after the last debug line that may belong to its message. */
const DEBUG_TAIL = 30;

/** `show user group`, `sh full user radius` */
const SHOWS = /^[ \t]*sh(?:ow?)? [a-z][\w .-]{2,80}$/;

/** Splits text of unknown origin into sections: transcripts, configuration, outputs and logs, mixed with prose. */
export function cutText(source: string, lines: readonly string[]): readonly Section[] {
  const read = createStatementReader(lines);
  const isDebug = (at: number) => isDebugMark(lines[at] ?? '') || isDebugCommand(lines[at] ?? '');
  const isOtherHost = (at: number) => ansibleHost(lines[at] ?? '') !== undefined;
  const transcript = new Transcript({
    lines,
    endsOutput: (at) => isDebug(at) || isOtherHost(at),
    endOfConfigAt,
  });
  const pieces: LineRange[] = [];
  let cut = 0;

  for (let at = 0; at < lines.length; ) {
    // Nothing begins with a blank line.
    if (lines[at] === '') {
      at += 1;
      continue;
    }
    const piece = debugAt(at) ?? transcript.commandAt(at) ?? configAt(at) ?? outputAt(at);
    if (!piece) {
      at += 1;
      continue;
    }
    if (piece.from > cut) pieces.push({ kind: 'other', from: cut, to: piece.from });
    pieces.push(piece);
    cut = piece.to;
    at = piece.to;
  }
  if (cut < lines.length) pieces.push({ kind: 'other', from: cut, to: lines.length });
  return joinNeighbours(pieces, lines).map(({ from, to, ...rest }) => ({
    ...rest,
    source,
    start: from + 1,
    lines: lines.slice(from, to),
  }));

  function debugAt(at: number): LineRange | undefined {
    if (!isDebug(at)) return undefined;
    let from = at;
    while (from > cut && isDebugCompanion(lines[from - 1] ?? '')) from -= 1;
    let last = at;
    let host = hostOfCommand(at);
    for (let next = at + 1; next < lines.length && next - last <= DEBUG_GAP; next += 1) {
      const line = lines[next] ?? '';
      if (isDebugMark(line) || isDebugCompanion(line)) last = next;
      else if (isDebugCommand(line)) {
        const typedOn = hostOfCommand(next);
        if (host !== undefined && typedOn !== undefined && typedOn !== host) break;
        host ??= typedOn;
        last = next;
      } else if (beginsOther(next)) break;
    }
    let to = last + 1;
    while (to < lines.length && to - last <= DEBUG_TAIL && lines[to] !== '' && !beginsOther(to)) to += 1;
    return { kind: 'debug', from, to, host };
  }

  /** The device at whose prompt a debug was enabled or disabled. */
  function hostOfCommand(at: number): string | undefined {
    return parsePromptLine(lines[at] ?? '', transcript.host())?.host || undefined;
  }

  function beginsOther(at: number): boolean {
    const prompt = parsePromptLine(lines[at] ?? '', transcript.host());
    const typed = prompt !== undefined && prompt.command !== '';
    return typed || isOtherHost(at) || startsConfig(lines, at) || startsShapedOutput(lines, at);
  }

  function configAt(at: number): LineRange | undefined {
    if (!startsConfig(lines, at)) return undefined;
    const to = endOfConfigAt(at);
    if (isInstruction(lines, at, to)) return { kind: 'other', from: at, to, instruction: true };
    const command = at > cut ? commandAbove(at) : undefined;
    return { kind: 'config', from: at, to, ...(command !== undefined && { command }) };
  }

  /** `show user group` on a line of its own above `config user group`, copied without the prompt. */
  function commandAbove(at: number): string | undefined {
    const above = lines[at - 1] ?? '';
    if (!SHOWS.test(above)) return undefined;
    const { text } = spellOut(above);
    const shown = text.replace(/^show (?:full-configuration )?/, 'config ');
    return shown === (lines[at] ?? '').trim() ? text : undefined;
  }

  function endOfConfigAt(from: number): number {
    return endOfConfig(
      lines,
      from,
      read,
      (at) =>
        isDebug(at) || isOtherHost(at) || parsePromptLine(lines[at] ?? '', transcript.host()) !== undefined,
    );
  }

  function outputAt(at: number): LineRange | undefined {
    const output = shapedOutputAt(lines, at, cut);
    return output && { kind: 'output', ...output };
  }
}

/**
 * Debug before and after blank lines is one log, consecutive unrecognised text is one section, and blank lines belong
 * to the section above.
 */
function joinNeighbours(pieces: readonly LineRange[], lines: readonly string[]): readonly LineRange[] {
  const joined: LineRange[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const alike =
      before?.kind === piece.kind &&
      before.instruction === piece.instruction &&
      (before.host ?? piece.host) === (piece.host ?? before.host) &&
      (piece.kind === 'debug' || piece.kind === 'other');
    if (before && (alike || isBlank(piece, lines))) {
      const host = before.host ?? piece.host;
      joined[joined.length - 1] = { ...before, host, to: piece.to };
    } else joined.push(piece);
  }
  return joined;
}

function isBlank(piece: LineRange, lines: readonly string[]): boolean {
  return piece.kind === 'other' && lines.slice(piece.from, piece.to).every((line) => !/\S/.test(line));
}
