import type { DataKind } from '../runs/data-kinds.ts';
import {
  appendUnpacked,
  type KeyGateway,
  mentions,
  parseExported,
  type StoredKey,
  scanStoredKeys,
} from './stored-keys.ts';

export interface ForgottenData {
  /** Keys and entries removed, by kind. */
  readonly removed: ReadonlyMap<DataKind, number>;
  /** Keys in which a person was replaced by `forgotten`. */
  readonly rewritten: ReadonlyMap<DataKind, number>;
  /** Keys that stay, with the reason. */
  readonly kept: readonly { readonly key: string; readonly reason: string }[];
  /** Runs of the subject that are not answered yet: nothing was removed because of them. */
  readonly running: readonly string[];
}

export interface ExportedKey {
  readonly kind: DataKind;
  readonly key: string;
  readonly value: unknown;
}

/** An older waiting request is lost and gets no answer. */
const MAX_RUNNING_MS = 3_600_000;
/** The result of a sweep may wait for the end of the quiet hours of a weekend. */
const MAX_RUNNING_GROUP_MS = 72 * 3_600_000;

/** Names by which the data of one device or person is found. */
interface Names {
  /** Device aliases, a Slack user id, or the name of a FortiGate user. */
  readonly subjects: readonly string[];
  /** Names of the person that Slack reports. */
  readonly displayed: ReadonlySet<string>;
  /** Runs and pages that are about it. */
  readonly ids: ReadonlySet<string>;
}

/** Everything that mentions the devices or the person. */
export async function exportData(
  gateway: KeyGateway,
  prefix: string,
  subjects: readonly string[],
): Promise<readonly ExportedKey[]> {
  const { names } = await findNames(gateway, prefix, subjects, 0);
  const found: ExportedKey[] = [];
  for await (const stored of scanStoredKeys(gateway, prefix)) {
    if (!isAbout(stored, names)) continue;
    const parts = listPartsAbout(stored, names);
    const isOwn = isNamedAfter(stored, names);
    const read = (text: string) =>
      isOwn ? parseExported(text) : onlyAbout(parseExported(text), (part) => isMentioned(part, names));
    found.push({ kind: toDataKind(stored.key), key: stored.key, value: keyValue(stored.type, parts, read) });
  }
  return found.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * Removes everything that mentions the devices or the person. Every key is read: data of a store that is not named here is
 * removed too. With `dryRun` it only counts. `now`: milliseconds since the Unix epoch.
 */
export async function forgetData(
  gateway: KeyGateway,
  prefix: string,
  subjects: readonly string[],
  { dryRun, now }: { readonly dryRun: boolean; readonly now: number },
): Promise<ForgottenData> {
  const { names, running } = await findNames(gateway, prefix, subjects, now);
  const removed = new Map<DataKind, number>();
  const rewritten = new Map<DataKind, number>();
  const kept: { readonly key: string; readonly reason: string }[] = [];
  const result = { removed, rewritten, kept, running };
  if (running.length > 0 && !dryRun) return result;
  const count = (counts: Map<DataKind, number>, key: string, by: number) =>
    counts.set(toDataKind(key), (counts.get(toDataKind(key)) ?? 0) + by);

  for await (const stored of scanStoredKeys(gateway, prefix)) {
    if (!isAbout(stored, names)) continue;
    const key = `${prefix}:${stored.key}`;
    const step = stepFor(stored, names);
    switch (step.kind) {
      case 'keep':
        kept.push({ key: stored.key, reason: step.reason });
        break;
      case 'remove-members':
        count(removed, stored.key, step.members.length);
        if (!dryRun) await removeMembers(gateway, key, step.members);
        break;
      case 'remove-fields':
        count(removed, stored.key, step.fields.length);
        if (!dryRun) await gateway.execute((redis) => redis.hdel(key, ...step.fields));
        break;
      case 'rewrite':
        count(rewritten, stored.key, 1);
        if (!dryRun) await rewrite(gateway, key, step.text);
        break;
      case 'remove':
        count(removed, stored.key, 1);
        if (!dryRun) await gateway.execute((redis) => redis.del(key));
    }
  }
  return result;
}

async function findNames(
  gateway: KeyGateway,
  prefix: string,
  subjects: readonly string[],
  now: number,
): Promise<{ readonly names: Names; readonly running: readonly string[] }> {
  const displayed = new Set<string>();
  const ids = new Set<string>();
  const running: string[] = [];
  /** Groups with the subject among their devices, and those without an answer. */
  const groups = new Set<string>();
  const openGroups: string[] = [];
  for await (const stored of scanStoredKeys(gateway, prefix)) {
    const { key, parts } = stored;
    const isMentioned = parts.some(({ text }) => mentions(text, subjects));
    if (key.startsWith(ROSTER) && isMentioned) groups.add(key.slice(ROSTER.length));
    if (key.startsWith('run:') && isOpenGroup(stored, now)) openGroups.push(key.slice('run:'.length));
    if (!/^(?:run|record:escalation):/.test(key)) continue;
    if (!isMentioned) continue;
    const id = key.replace(/^(?:run|record:escalation):/, '');
    ids.add(id);
    if (!key.startsWith('run:')) continue;
    const base = readBase(stored);
    if (base?.asker?.name !== undefined && subjects.includes(base.asker.id ?? ''))
      displayed.add(base.asker.name);
    const isAnswered = parts.some(({ name }) => name === 'answeredAt');
    if (!isAnswered && now - (base?.acceptedAt ?? 0) < MAX_RUNNING_MS) running.push(id);
  }
  const inGroups = openGroups.filter((id) => groups.has(id) && !running.includes(id));
  return { names: { subjects, displayed, ids }, running: [...running, ...inGroups] };
}

/** Devices of a group check, in the order of their numbers. */
const ROSTER = 'record:group:';

function isOpenGroup(stored: StoredKey, now: number): boolean {
  const base = readBase(stored);
  const isAnswered = stored.parts.some(({ name }) => name === 'answeredAt');
  return base?.kind === 'group' && !isAnswered && now - (base.acceptedAt ?? 0) < MAX_RUNNING_GROUP_MS;
}

function readBase({ parts }: StoredKey): StoredBase | undefined {
  return parseExported(parts.find(({ name }) => name === 'base')?.text ?? '') as StoredBase | undefined;
}

interface StoredBase {
  readonly kind?: string;
  readonly asker?: { readonly id?: string; readonly name?: string };
  readonly acceptedAt?: number;
}

function isAbout(stored: StoredKey, names: Names): boolean {
  return (
    isNamedAfter(stored, names) || stored.parts.some(({ text }) => isMentionedByKey(stored.key, text, names))
  );
}

/** `history:fgt-1`, `case:run-1`. */
function isNamedAfter({ key }: StoredKey, { subjects, ids }: Names): boolean {
  return mentions(key, subjects) || key.split(':').some((part) => ids.has(part));
}

/** Runs and histories of others may mention a run: that alone says nothing about the subject. */
function isMentionedByKey(key: string, text: string, names: Names): boolean {
  return /^(?:run|record:history):/.test(key)
    ? mentions(text, names.subjects)
    : isMentioned(appendUnpacked(text), names);
}

function isMentioned(text: string, { subjects, ids }: Names): boolean {
  return mentions(text, [...subjects, ...ids]);
}

type Step =
  | { readonly kind: 'keep'; readonly reason: string }
  | { readonly kind: 'remove' }
  | { readonly kind: 'remove-members'; readonly members: readonly string[] }
  | { readonly kind: 'remove-fields'; readonly fields: readonly string[] }
  | { readonly kind: 'rewrite'; readonly text: string };

function stepFor(stored: StoredKey, names: Names): Step {
  const { key, type, parts } = stored;
  const isOwn = isNamedAfter(stored, names);
  const isAboutIt = (text: string) => isMentioned(text, names);
  if (holdsMany(stored) && !isOwn) {
    const about = listPartsAbout(stored, names);
    return type === 'members'
      ? { kind: 'remove-members', members: about.map(({ text }) => text) }
      : { kind: 'remove-fields', fields: about.map(({ name }) => name) };
  }
  const text = parts.find(({ name }) => name === 'text')?.text ?? '';
  if (
    key.startsWith('record:escalation:') &&
    (parseExported(text) as { state?: string }).state !== 'resolved'
  ) {
    return { kind: 'keep', reason: 'the page is open: resolve it, and forget again' };
  }
  if (isOwn) return { kind: 'remove' };
  // The verdicts of a device stay; the name of the asker does not.
  if (key.startsWith('record:history:')) return { kind: 'rewrite', text: withoutPerson(text, names) };
  if (key.startsWith(ROSTER)) return { kind: 'rewrite', text: withoutDevice(text, isAboutIt) };
  if (key.startsWith('record:sweep-baseline:'))
    return { kind: 'rewrite', text: withoutSweptDevice(text, isAboutIt) };
  const entries = parseExported(text);
  if (key.startsWith('record:') && Array.isArray(entries)) {
    const rest = entries.flatMap((entry) => entryWithout(entry, isAboutIt));
    if (rest.length > 0) return { kind: 'rewrite', text: JSON.stringify(rest) };
  }
  return { kind: 'remove' };
}

/** What `export` shows and `forget` removes of a key: of many devices or runs, only what mentions the subject. */
function listPartsAbout(stored: StoredKey, names: Names): StoredKey['parts'] {
  if (!holdsMany(stored) || isNamedAfter(stored, names)) return stored.parts;
  return stored.parts.filter(({ text }) => isMentioned(appendUnpacked(text), names));
}

/** Of many devices or runs: members of a set, or fields of a table. */
function holdsMany({ key, type }: StoredKey): boolean {
  return type === 'members' || (type === 'hash' && key.startsWith('table:'));
}

/** A new version, so that a process that read the old text reads again before it writes. */
async function rewrite(gateway: KeyGateway, key: string, text: string): Promise<void> {
  await gateway.execute((redis) => redis.multi().hset(key, 'text', text).hincrby(key, 'version', 1).exec());
}

async function removeMembers(gateway: KeyGateway, key: string, members: readonly string[]): Promise<void> {
  const type = await gateway.execute((redis) => redis.type(key));
  for (const member of members) {
    await gateway.execute(async (redis) => {
      if (type === 'zset') await redis.zrem(key, member);
      else if (type === 'set') await redis.srem(key, member);
      else if (type === 'list') await redis.lrem(key, 0, member);
      else if (type === 'stream') await redis.xdel(key, member.split(' ')[0] ?? '');
    });
  }
}

function keyValue(
  type: StoredKey['type'],
  parts: StoredKey['parts'],
  read: (text: string) => unknown,
): unknown {
  if (type === 'hash') return Object.fromEntries(parts.map(({ name, text }) => [name, read(text)]));
  const values = parts.map(({ text }) => read(text));
  return type === 'members' ? values : values[0];
}

const KINDS: readonly (readonly [pattern: RegExp, kind: DataKind])[] = [
  [/^(?:run|opening|runs-of-\w+|record:(?:group|sweep)[\w-]*|table:group-rows):|^runs-unanswered$/, 'runs'],
  [/^(?:record:history:|noted:history-devices$)/, 'history'],
  [/^record:settings:/, 'settings'],
  [/^(?:record:(?:case|evidence):|noted:evidence$)/, 'evidence'],
  [/^(?:record:|noted:|claim:)feedback/, 'feedback'],
  [/^(?:record:|noted:|claim:)(?:escalation|open-escalations|correlation|on-call)/, 'pages'],
  [/^(?:record:|noted:|claim:)alert/, 'alerts'],
  [/^(?!(?:record|noted|claim):)[\w-]+?(?:-ftm)?:/, 'jobs'],
];

function toDataKind(key: string): DataKind {
  return KINDS.find(([pattern]) => pattern.test(key))?.[1] ?? 'other';
}

const FORGOTTEN = 'forgotten';

type IsAbout = (text: string) => boolean;

/** Lists in which a record has several devices, of which others may be of another customer. */
const DEVICE_LISTS: ReadonlySet<string> = new Set(['devices', 'aliases']);

/** Keeps of a list, and of the devices in an object, what mentions the subject. */
function onlyAbout(value: unknown, isAbout: IsAbout): unknown {
  if (Array.isArray(value))
    return value.filter((each) => isAbout(JSON.stringify(each))).map((each) => onlyAbout(each, isAbout));
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).map(([name, part]) => [
    name,
    DEVICE_LISTS.has(name) ? onlyAbout(part, isAbout) : part,
  ]);
  return Object.fromEntries(shown) as unknown;
}

/** An entry of a list that several devices share stays for the others, such as a silence. */
function entryWithout(entry: unknown, isAbout: IsAbout): readonly unknown[] {
  if (!isAbout(JSON.stringify(entry))) return [entry];
  const { devices } = entry as { readonly devices?: unknown };
  if (!Array.isArray(devices)) return [];
  const rest = devices.filter((device) => !isAbout(JSON.stringify(device)));
  const left = { ...(entry as object), devices: rest };
  return rest.length === 0 || isAbout(JSON.stringify(left)) ? [] : [left];
}

/** The checks of a device, without who asked for them. */
function withoutPerson(text: string, { subjects, displayed }: Names): string {
  const checks = parseExported(text);
  if (!Array.isArray(checks)) return '[]';
  return JSON.stringify(
    checks.map((check: { readonly asker?: { readonly id?: string; readonly name?: string } }) => {
      const { id, name = '' } = check.asker ?? {};
      const isPerson = displayed.has(name) || mentions(`${id ?? ''}\n${name}`, subjects);
      return isPerson ? { ...check, asker: { id: FORGOTTEN } } : check;
    }),
  );
}

/** The devices of a group: the number of each is its place in the list. */
function withoutDevice(text: string, isAbout: IsAbout): string {
  const aliases = parseExported(text);
  if (!Array.isArray(aliases)) return '[]';
  return JSON.stringify(aliases.map((alias) => (isAbout(String(alias)) ? FORGOTTEN : alias)));
}

/** What a sweep found: the next one still compares the other devices with it. */
function withoutSweptDevice(text: string, isAbout: IsAbout): string {
  const { run, devices } = parseExported(text) as { readonly run?: unknown; readonly devices?: unknown };
  const rest = Array.isArray(devices) ? devices.filter((device) => !isAbout(JSON.stringify(device))) : [];
  return JSON.stringify({ run, devices: rest });
}
