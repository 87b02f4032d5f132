import { isCertainlyPlain, isPlainLine } from '../evidence/plain-line.ts';
import { redact as redactItems } from '../evidence/redact.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { createTextMemory } from '../redact/text-memory.ts';
import { type CaseFocus, diagnoseFacts } from './diagnose-facts.ts';
import type { Diagnosis } from './diagnosis.ts';
import { createEvidenceCollector } from './evidence-collector.ts';

/**
 * Diagnoses the statements of a plain backup (`skipBlocks`); undefined if one of them might be something else, so that the
 * text takes the usual way. Otherwise the diagnosis is the same, but for line numbers and the numbers of replaced values.
 */
export type PlainBackupReader = (
  name: string,
  statements: readonly string[],
  focus: CaseFocus,
) => Diagnosis | undefined;

/** Characters. Longer texts are read in parts. */
const MAX_LENGTH = 4_000_000;

/**
 * Backups of a fleet have most statements in common. What was found of one, that it holds no secret, needs no repair and
 * belongs to no log, holds for all: normalising and redacting was half of the time for a folder.
 */
export function createPlainBackupReader(): PlainBackupReader {
  /** Lines that no step before the parser changes or takes for something else. */
  const plain = createTextMemory<true>();
  /** Statements that in addition hold no secret, whatever stands above them, and pairs where the first opens something. */
  const harmless = createTextMemory<true>();

  function isPlain(line: string): boolean {
    if (isCertainlyPlain(line) || plain.get(line)) return true;
    if (!isPlainLine(line)) return false;
    plain.set(line, true);
    return true;
  }

  /** Appends the redacted lines of a statement. False if one of them might be something else. */
  function redact(statement: string, redactor: Redactor, lines: string[]): boolean {
    for (const line of statement.split('\n')) {
      const shown = redactor.line(line);
      if (!isPlain(line) || (shown !== line && !isPlain(shown))) return false;
      lines.push(shown);
    }
    return true;
  }

  function redacted(statements: readonly string[]): readonly string[] | undefined {
    const redactor = createRedactor();
    const lines: string[] = [];
    /** Where the redactor became free of what came before, and the line there. */
    let begun = 0;
    let begunLine = 0;
    for (let at = 0; at < statements.length; at += 1) {
      const statement = statements[at] ?? '';
      if (!redactor.isOpen()) {
        begun = at;
        begunLine = lines.length;
        const pair = `${statement}\n${statements[at + 1] ?? ''}`;
        if (harmless.get(statement)) {
          pushLines(lines, statement);
          continue;
        }
        if (harmless.get(pair)) {
          pushLines(lines, pair);
          at += 1;
          continue;
        }
      }
      if (!redact(statement, redactor, lines)) return undefined;
      if (redactor.isOpen() || at > begun + 1) continue;
      const run = statements.slice(begun, at + 1).join('\n');
      if (run === lines.slice(begunLine).join('\n')) harmless.set(run, true);
    }
    lines.push('');
    return lines;
  }

  return (name, statements, focus) => {
    if (statements.reduce((sum, { length }) => sum + length, 0) > MAX_LENGTH) return undefined;
    const alone = redactItems([{ name, text: '' }]);
    const lines = redacted(statements);
    const [source] = alone.items;
    if (lines === undefined || source === undefined) return undefined;
    const evidence = createEvidenceCollector();
    evidence.open(source.name)([{ kind: 'config', source: source.name, start: 1, lines }]);
    return diagnoseFacts(evidence.finish(), alone.receipt, focus);
  };
}

function pushLines(lines: string[], text: string): void {
  if (text.includes('\n')) for (const line of text.split('\n')) lines.push(line);
  else lines.push(text);
}
