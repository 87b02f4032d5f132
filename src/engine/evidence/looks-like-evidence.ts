import { parsePromptLine } from '../fortios/prompt.ts';
import { isFortiosCommand, spellOut } from './command-names.ts';
import { startsConfig } from './config-run.ts';
import { isDebugMark } from './debug-lines.ts';
import { Unwrapper } from './formats/unwrap.ts';
import { isInstruction } from './instructions.ts';
import { normalizeText } from './normalize.ts';

/** Only the start of a paste is scanned: one without evidence there does not count as evidence. */
const MAX_SCANNED_CHARS = 200_000;

const MARKS: readonly RegExp[] = [
  /^[ \t]*FORTITOKEN[ \t]+DRIFT[ \t]+STATUS\b/,
  /^[ \t]*Version: Forti[\w-]{1,40} v\d+\.\d+\.\d+,build\d/,
  /^[ \t]*server-port[ \t]*:[ \t]*\d{1,5}[ \t]*$/,
  /^[ \t]*object check operator error, -56\b/,
];

/** `looksLikePlainEvidence`, also inside JSON, tables, HTML pages and numbered lines. */
export function looksLikeEvidence(text: string): boolean {
  return looksLikePlainEvidence(text) || holdsOtherFormat(text.slice(0, MAX_SCANNED_CHARS));
}

function holdsOtherFormat(text: string): boolean {
  const unwrapper = new Unwrapper(looksLikePlainEvidence);
  const lines = text.split('\n');
  return [...lines.flatMap((line) => [...unwrapper.line(line)]), ...unwrapper.end()].some(
    (step) => 'span' in step && looksLikePlainEvidence(step.lines.map((each) => each.text).join('\n')),
  );
}

/**
 * Whether a message should be analysed without being asked. Needs one line that people do not write to each other: a
 * debug line, configuration, a FortiGate prompt with a command, or an output with a characteristic header.
 */
export function looksLikePlainEvidence(text: string): boolean {
  const lines = normalizeText(text.slice(0, MAX_SCANNED_CHARS)).split('\n');
  return lines.some((line, at) => {
    const head = line.slice(0, 1_000);
    return (
      isDebugMark(line) ||
      MARKS.some((mark) => mark.test(head)) ||
      isPromptWithCommand(head) ||
      (startsConfig(lines, at) && !isInstruction(lines, at, endOfBlock(lines, at)))
    );
  });
}

/** Index after the first line that ends a block at this indentation. */
function endOfBlock(lines: readonly string[], from: number): number {
  const margin = /^[ \t]*/.exec(lines[from] ?? '')?.[0] ?? '';
  const end = lines.findIndex((line, at) => at > from && line.startsWith(`${margin}end`));
  return end < 0 ? lines.length : end + 1;
}

function isPromptWithCommand(line: string): boolean {
  const prompt = parsePromptLine(line);
  return prompt !== undefined && isFortiosCommand(spellOut(prompt.command).text);
}
