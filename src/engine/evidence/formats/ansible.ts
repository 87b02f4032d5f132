import type { NumberedRun } from './numbered.ts';

/** `ok: [fgt-branch-07] => {` of a playbook, `fgt-branch-07 | CHANGED | rc=0 >>` without one. */
const RESULT =
  /^(?:(?:ok|changed|fatal|failed): \[([^\]\s]{1,100})\].{0,200}? =>|([\w.-]{1,100}) \| (?:SUCCESS|CHANGED|FAILED!?)(?: \| rc=-?\d{1,4})? (?:=>|>>))/;
/** `    out.stdout_lines:` */
const LIST = /^ {1,16}[\w.-]{0,60}(?:_lines|stdout|msg):$/;
/** `    - '    set status disable'`, and `    -   - end` of a list in a list. */
const ITEM = /^ {0,20}(?:- {1,4}){0,2}- (.*)$/;
/** `        to the next line`: the rest of a long text. */
const REST = /^ {2,24}(?=\S)(?!- |[\w.-]{1,60}:(?: |$))(.*)$/;

/** The host whose output follows. */
export function ansibleHost(line: string): string | undefined {
  if (!line.includes('=>') && !line.includes('>>')) return undefined;
  const [, ofPlaybook, alone] = RESULT.exec(line.slice(0, 400)) ?? [];
  return ofPlaybook ?? alone;
}

/** Starts a list of lines in YAML: its first line is the name of the list. */
export function beginsLinesInYaml(line: string): NumberedRun | undefined {
  if (!LIST.test(line)) return undefined;
  const raws = [line];
  /** For each line the parts of the item that begins in it. A text of many lines is joined once, at the end. */
  const items: string[][] = [];
  let last: string[] | undefined;
  return {
    raws,
    isFortiosText: () => false,
    texts: () => [line, ...items.map((parts) => (parts.length === 0 ? '' : readScalar(parts.join(' '))))],
    take(next) {
      const [, item] = ITEM.exec(next) ?? [];
      const [, rest] = item === undefined && last ? (REST.exec(next) ?? []) : [];
      if (item === undefined && rest === undefined) return false;
      raws.push(next);
      const parts = item === undefined ? [] : [item];
      items.push(parts);
      if (item !== undefined) last = parts;
      else if (rest !== undefined) last?.push(rest);
      return true;
    },
  };
}

/** A text of YAML, with its quotes or without. */
export function readScalar(text: string): string {
  if (/^'.*'$/s.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
