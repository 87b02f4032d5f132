import type { JsonObject, JsonValue } from './json-reader.ts';

/** A line in FortiOS configuration syntax, with the line number of its value. */
export interface PlacedLine {
  readonly text: string;
  readonly line: number;
}

/** Members of a REST answer that are not settings. */
const NO_SETTING = /^(?:q_|uuid|object-id)/;
const KEY = 'q_origin_key';
/** Settings for which the API returns several words in one string. */
const WORD_LISTS: ReadonlySet<string> = new Set([
  'allowaccess',
  'tcp-portrange',
  'udp-portrange',
  'day',
  'ip',
  'subnet',
]);
const ADDRESSES = /^(?:[0-9a-f:.]+(?:\/\d+)?)(?: [0-9a-f:.]+)*$/i;
/** A predefined FortiOS value, which is printed without quotes. */
const CHOICE = /^(?:[a-z][a-z0-9-]{1,30})$/;
const PATH = /^[a-z][a-z0-9.-]{1,40}$/;
const MAX_DEPTH = 8;

/**
 * Converts `GET /api/v2/cmdb/system/ftm-push` and similar answers to the block that `show full-configuration` would
 * print. `undefined` if the object is not such an answer.
 */
export function restConfig(answer: JsonObject): readonly PlacedLine[] | undefined {
  const path = getText(answer, 'path');
  const name = getText(answer, 'name');
  const results = getMember(answer, 'results');
  if (path === undefined || name === undefined || !results) return undefined;
  if (!PATH.test(path) || !PATH.test(name) || getText(answer, 'status') === 'error') return undefined;
  const at = results.line;
  const vdom = getText(answer, 'vdom');
  const within = vdom !== undefined && vdom !== 'root' && path !== 'system' && /^[\w-]{1,31}$/.test(vdom);
  const body = results.kind === 'list' ? entries(results.items, 1) : settings(results, 1);
  const wrap = (lines: readonly string[]) => (within ? lines.map((text) => ({ text, line: at })) : []);
  return [
    ...wrap(['config vdom', `edit ${vdom}`]),
    { text: `config ${path.replaceAll('.', ' ')} ${name.replaceAll('.', ' ')}`, line: at },
    ...body,
    { text: 'end', line: body.at(-1)?.line ?? at },
    ...wrap(['end']),
  ];
}

function entries(items: readonly JsonValue[], depth: number): readonly PlacedLine[] {
  return items.flatMap((item) => {
    if (item.kind !== 'object') return [];
    const key = getKey(item);
    if (key === undefined) return [];
    const body = settings(item, depth + 1);
    const isNumber = /^\d+$/.test(key);
    return [
      { text: `${indent(depth)}edit ${isNumber ? key : quoteValue(key)}`, line: item.line },
      ...body,
      { text: `${indent(depth)}next`, line: body.at(-1)?.line ?? item.line },
    ];
  });
}

function settings(value: JsonValue, depth: number): readonly PlacedLine[] {
  if (value.kind !== 'object' || depth > MAX_DEPTH) return [];
  return value.members.flatMap(([name, member]): readonly PlacedLine[] => {
    if (NO_SETTING.test(name) || !/^[a-z][\w-]{0,60}$/.test(name)) return [];
    const set = (words: string) => [{ text: `${indent(depth)}set ${name} ${words}`, line: member.line }];
    switch (member.kind) {
      case 'text':
        return set(asWords(name, member.text));
      case 'word':
        return member.text === 'null' ? [] : set(member.text);
      case 'object': {
        const key = getKey(member);
        return key === undefined ? [] : set(quoteValue(key));
      }
      case 'list':
        break;
    }
    const names = member.items.map(nameOnly);
    if (names.length === 0) return [];
    if (names.every((each) => each !== undefined))
      return set(names.map((each) => quoteValue(each)).join(' '));
    const body = entries(member.items, depth + 1);
    return [
      { text: `${indent(depth)}config ${name}`, line: member.line },
      ...body,
      { text: `${indent(depth)}end`, line: body.at(-1)?.line ?? member.line },
    ];
  });
}

/** The name of an item in a member list: such items consist of a name only. */
function nameOnly(item: JsonValue): string | undefined {
  if (item.kind === 'text' || item.kind === 'word') return item.text;
  if (item.kind !== 'object') return undefined;
  const own = item.members.filter(([name]) => !NO_SETTING.test(name));
  return own.length <= 1 ? getKey(item) : undefined;
}

function getKey(item: JsonObject): string | undefined {
  for (const name of [KEY, 'name', 'id', 'interface-name']) {
    const value = getMember(item, name);
    if (value?.kind === 'text' || value?.kind === 'word') return value.text;
  }
  return undefined;
}

function asWords(name: string, text: string): string {
  const bare = WORD_LISTS.has(name) || ADDRESSES.test(text) || CHOICE.test(text);
  return text !== '' && bare ? text : quoteValue(text);
}

function quoteValue(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', ' ')}"`;
}

function indent(depth: number): string {
  return '    '.repeat(depth);
}

function getMember({ members }: JsonObject, name: string): JsonValue | undefined {
  return members.find(([each]) => each === name)?.[1];
}

function getText(object: JsonObject, name: string): string | undefined {
  const value = getMember(object, name);
  return value?.kind === 'text' ? value.text : undefined;
}
