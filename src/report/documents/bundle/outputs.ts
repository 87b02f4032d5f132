import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { printable } from '../printable.ts';

export interface OutputFile {
  readonly path: string;
  readonly item: EvidenceItem;
  readonly text: string;
}

const MAX_SLUG = 48;

/** One numbered file per text, in reading order; the name is safe on every system. */
export function outputFiles(evidence: readonly EvidenceItem[]): readonly OutputFile[] {
  const digits = Math.max(2, String(evidence.length).length);
  return evidence.map((item, index) => {
    const number = String(index + 1).padStart(digits, '0');
    const path = `outputs/${number}-${slug(item.command ?? item.name)}.txt`;
    return { path, item, text: endWithNewline(item.text) };
  });
}

/** `commands.txt`: which commands were run, where, and which failed. */
export function commandsText(outputs: readonly OutputFile[]): string {
  if (outputs.length === 0) return 'The texts that were read are no longer stored.\n';
  const lines = outputs.map(({ path, item }) => {
    const what = item.command === undefined ? `(text) ${oneLine(item.name)}` : oneLine(item.command);
    const where = item.vdom === undefined ? '' : ` [vdom ${oneLine(item.vdom)}]`;
    const failed = item.failure === undefined ? '' : ` -- did not work: ${oneLine(item.failure.reason)}`;
    return `${path}: ${what}${where}${failed}`;
  });
  return `${lines.join('\n')}\n`;
}

export function endWithNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function slug(name: string): string {
  const safe = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-|-$/g, '');
  return safe === '' ? 'text' : safe;
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}
