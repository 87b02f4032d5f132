import { eventLine, fieldName } from './event-fields.ts';
import { type JsonObject, type JsonValue, readJson } from './json-reader.ts';
import { LOG_LINE, readRecord } from './records.ts';
import { type PlacedLine, restConfig } from './rest-config.ts';

/** All JSON that is unwrapped contains one of these; other text is not parsed. */
const HINT =
  /^\s*\[\s*["']|log_?(?:id|desc)|code" ?: ?"0?1\d{8}"|action"|"results"|stdout|["'] *(?:config|get|show|diag) \w|\\n|\[\d{1,10}[:\]]|forti|fgt|vpn|saml|ldap|radius|fnbam|"SSL: |trace_id|"ike /i;
/** Ansible prints what a command said twice: `"stdout": "…", "stdout_lines": ["…"]`. */
const SAME_IN_LINES = '_lines';
/** A document inside a member, with a text of several lines: `"{\"text\": \"[2101:root:5a]…\\n…\"}"`. */
const MULTI_LINE_JSON = /^\s*(?!\{"sender")[{[][\s\S]*\\n/;
/** What this program itself answered is no evidence, though it quotes some. */
const OWN_SCHEMA = 'ftm-check/';
const MAX_LINES = 400_000;

type JsonText = Extract<JsonValue, { kind: 'text' }>;

/** Members of log servers that hold a line as it came. */
const RAW_LINE = /^(?:message|log|msg|line|_?raw|original|full_(?:message|log))$/;

/**
 * FortiGate output inside JSON, as lines: records of the event log, answers of the REST API, multi-line texts as in an
 * export of Slack or a ticket system, lists of lines as Ansible prints them, and members that hold one line each, as
 * `message` in an export of a log server. A text or a list of texts alone, as Python prints them, and records that all
 * have such a member are lines whatever they say.
 * `isEvidence` decides about other texts. `undefined` if there is none.
 */
export function readJsonLines(
  text: string,
  line: number,
  isEvidence: (text: string) => boolean,
): readonly PlacedLine[] | undefined {
  if (!HINT.test(text)) return undefined;
  const value = readJson(text, line);
  if (!value) return undefined;
  if (value.kind === 'text') return splitLines(value);
  const count = value.kind === 'list' ? value.items.length : 1;
  const found: PlacedLine[] = [];
  const texts: (readonly PlacedLine[])[] = [];
  const single = new Map<string, PlacedLine[]>();
  collect(value, '', false);
  const fromTexts = texts.some(areEvidence) ? texts.flat() : [];
  const lists = [...single].flatMap(([name, lines]) => (isLog(name, lines) ? [lines] : []));
  const copies = new Set<string>();
  const fromLines = lists.filter(
    (lines) => copies.size < copies.add(lines.map(behindHeader).join('\n')).size,
  );
  const all = [...found, ...fromTexts, ...fromLines.flat()];
  return all.length > 0
    ? all.slice(0, MAX_LINES).map((placed) => ({ ...placed, text: readRecord(placed.text) ?? placed.text }))
    : undefined;

  function areEvidence(lines: readonly PlacedLine[]): boolean {
    return isEvidence(lines.map(({ text: line }) => line).join('\n'));
  }

  /** Lines that only together are a message of the push service have one name. */
  function isLog(name: string, lines: readonly PlacedLine[]): boolean {
    if (count > 1 && lines.length >= count && (name === '' || RAW_LINE.test(name))) return true;
    return lines.some(({ text: line }) => LOG_LINE.test(line) && isEvidence(line));
  }

  /** Beside an event that only words tell, other texts are evidence where they are log lines. */
  function collect(value: JsonValue, name: string, isBesideEvent: boolean): void {
    if (value.kind === 'text') {
      const nested = MULTI_LINE_JSON.test(value.text) ? readJson(value.text, value.line) : undefined;
      if (nested) collect(nested, name, isBesideEvent);
      else if (value.text.includes('\n')) texts.push(splitLines(value));
      else if (isBesideEvent && !LOG_LINE.test(value.text)) return;
      else if (single.has(name)) single.get(name)?.push(value);
      else single.set(name, [value]);
      return;
    }
    if (value.kind === 'list') {
      const lines = value.items.filter(
        (item): item is JsonText => item.kind === 'text' && !item.text.includes('\n'),
      );
      if (lines.length === value.items.length && areEvidence(lines))
        texts.push([...lines, { text: '', line: value.line }]);
      else for (const item of value.items) collect(item, name, isBesideEvent);
    }
    if (value.kind !== 'object' || isOwnAnswer(value)) return;
    const rest = restConfig(value);
    const fields = listFields(value);
    const event = rest || fields.some(isRawLine) ? undefined : eventLine(fields);
    if (rest) found.push(...rest);
    if (event !== undefined) found.push({ text: event, line: value.line });
    if (rest || (event !== undefined && fields.some(([path]) => fieldName(path) === 'logid'))) return;
    for (const [memberName, member] of value.members) {
      const isTwice =
        memberName.endsWith(SAME_IN_LINES) &&
        value.members.some(([other]) => other + SAME_IN_LINES === memberName);
      if (!isTwice) collect(member, memberName, isBesideEvent || event !== undefined);
    }
  }
}

function isOwnAnswer({ members }: JsonObject): boolean {
  const [name, first] = members[0] ?? [];
  return name === 'schema' && first?.kind === 'text' && first.text.startsWith(OWN_SCHEMA);
}

/** A blank line separates the texts. */
function splitLines({ text, line }: { readonly text: string; readonly line: number }): readonly PlacedLine[] {
  return [...text.split(/\r?\n/), ''].map((each) => ({ text: each, line }));
}

const MAX_DEPTH = 6;

/** Members at any depth, named by their path; a list of one value counts as the value. */
function listFields(
  { members }: JsonObject,
  path: readonly string[] = [],
): readonly (readonly [string, string])[] {
  return members.flatMap(([name, member]) => {
    const value = member.kind === 'list' && member.items.length === 1 ? member.items[0] : member;
    if (value?.kind === 'object' && path.length < MAX_DEPTH) return listFields(value, [...path, name]);
    const isValue = value?.kind === 'text' || (value?.kind === 'word' && value.text !== 'null');
    return isValue ? [[[...path, name].join('.'), value.text] as const] : [];
  });
}

function isRawLine([path, value]: readonly [string, string]): boolean {
  return LOG_LINE.test(value) && RAW_LINE.test(path.slice(path.lastIndexOf('.') + 1));
}

/** A log server keeps a line with its syslog header and without it. */
function behindHeader({ text }: PlacedLine): string {
  return text.slice(Math.max(0, text.indexOf('logid=')));
}
