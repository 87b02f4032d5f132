import { parseHeader } from '../fortios/config/header.ts';
import { ansibleHost } from './formats/ansible.ts';
import type { Section } from './types.ts';

/** The evidence of one device; without a name, evidence that cannot be assigned to a device. */
export interface DeviceSections {
  readonly name?: string;
  readonly sections: readonly Section[];
}

const HOSTNAME_ROW = /^[ \t]*Hostname:[ \t]*(\S+)[ \t]*$/;
const HOSTNAME_SET = /^[ \t]*set hostname "?([^"\s]+)"?[ \t]*$/;
/** `date=2026-03-02 time=09:12:04 devname="fgt-branch-07" devid="FGT60F…" logid="0101039426" …` */
const DEVNAME = /\bdate=.{0,80}\bdevname="?([\w.-]{1,64})/;
const HEADER = '#config-version=';
/** Lines from the start of a backup within which `set hostname` appears. */
const HOSTNAME_WITHIN_LINES = 2_000;
/** Each device is judged separately, which takes time; real cases have fewer. */
const MAX_DEVICES = 24;

/** Lines at the start of a log that are searched for the names of its devices. */
const NAMED_WITHIN_LINES = 500;

/** `devname` of the event log, where its lines are of one device. */
export function loggedName(sections: readonly Section[]): string | undefined {
  const logs = sections.filter(({ kind }) => kind === 'debug');
  const lines = logs.flatMap((log) => log.lines.slice(0, NAMED_WITHIN_LINES));
  const [name, another] = new Set(lines.flatMap((line) => DEVNAME.exec(line)?.[1] ?? []));
  return another === undefined ? name : undefined;
}

/**
 * The sections of each device if the evidence names several: by the name in the prompt, in `get system status`, in a
 * backup, in the event log beside one of these, and in what Ansible printed of several hosts. A section without a name
 * belongs to the device named before it, else to the next one. Members of a cluster count as one device.
 */
export function splitByDevice(sections: readonly Section[]): readonly DeviceSections[] {
  if (sections.every(isNamelessLog)) return [{ sections }];
  const named = nameAll(sections);
  const names = [...new Set(named.flatMap(({ name }) => name ?? []))];
  if (names.length > MAX_DEVICES) return [{ sections }];
  const groupOf = joinNames(names, sections);
  const groups = Map.groupBy(named, ({ name }) => (name === undefined ? undefined : groupOf(name)));
  if (groups.size - Number(groups.has(undefined)) < 2) return [{ sections }];
  return [...groups]
    .map(([name, members]) => ({ name, sections: members.map(({ section }) => section) }))
    .filter(({ name, sections: own }) => name !== undefined || own.some(({ kind }) => kind !== 'other'));
}

/** Logs of one device are the most frequent evidence, in hundreds of sections. */
function isNamelessLog({ kind, host }: Section): boolean {
  return kind === 'debug' && host === undefined;
}

interface Named {
  readonly section: Section;
  readonly name: string | undefined;
}

function nameAll(sections: readonly Section[]): readonly Named[] {
  const models = new Set(sections.flatMap((section) => findModel(section) ?? []));
  const nameIn = (section: Section) => section.host ?? findHostname(section) ?? modelName(section, models);
  const bySource = Map.groupBy(sections, ({ source }) => source);
  const names = new Map<Section, string | undefined>();
  const askedHosts = new Map(sections.map((section) => [section, askedHost(section)]));
  const areSeveral = new Set([...askedHosts.values()].flatMap((host) => host ?? [])).size > 1;
  for (const own of bySource.values()) {
    const asked = own.map((section) => askedHosts.get(section));
    const found = own.map((section, at) => nameIn(section) ?? (areSeveral ? asked[at] : undefined));
    let current = found.find((name) => name !== undefined);
    for (const [at, section] of own.entries()) {
      current = found[at] ?? current;
      // The line that names the host is not what the host printed.
      names.set(section, asked[at] === undefined ? current : undefined);
    }
  }
  return sections.map((section) => ({ section, name: names.get(section) }));
}

/** The host that Ansible asked, by the last line of this text: what it printed follows. */
function askedHost({ kind, lines }: Section): string | undefined {
  const last = kind === 'other' ? lines.findLast((line) => ansibleHost(line) !== undefined) : undefined;
  return last === undefined ? undefined : ansibleHost(last);
}

function findHostname(section: Section): string | undefined {
  if (section.kind === 'debug') return DEVNAME.exec(section.lines[0] ?? '')?.[1];
  if (section.kind === 'output')
    return section.command === 'get system status' ? find(HOSTNAME_ROW, section) : undefined;
  return isBackup(section) ? find(HOSTNAME_SET, section) : undefined;
}

/** The model of a backup without a device name, to distinguish it from devices of other models. */
function modelName(section: Section, models: ReadonlySet<string>): string | undefined {
  const model = models.size > 1 ? findModel(section) : undefined;
  return model === undefined ? undefined : `${model} in ${section.source}`;
}

function findModel(section: Section): string | undefined {
  const line = isBackup(section) ? section.lines.find((each) => each.startsWith(HEADER)) : undefined;
  return line === undefined ? undefined : parseHeader(line, 1)?.model;
}

function isBackup({ kind, lines }: Section): boolean {
  return kind === 'config' && lines.slice(0, 5).some((line) => line.startsWith(HEADER));
}

function find(pattern: RegExp, { lines }: Section): string | undefined {
  for (const line of lines.slice(0, HOSTNAME_WITHIN_LINES)) {
    const [, name] = pattern.exec(line) ?? [];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Maps two names of one device to one: names of cluster members, and a shortened name in a prompt. */
function joinNames(names: readonly string[], sections: readonly Section[]): (name: string) => string {
  const clusters = sections
    .filter(({ command }) => command === 'get system ha status')
    .map(({ lines }) => names.filter((name) => lines.some((line) => holdsWord(line, name))));
  const first = new Map<string, string>();
  for (const name of names) {
    const full = names.find((each) => isShortened(name, each) || isAlike(name, each)) ?? name;
    const cluster = clusters.find((members) => members.includes(full));
    first.set(name, cluster?.[0] ?? full);
  }
  return (name) => first.get(name) ?? name;
}

/** A prompt shortens names of more than 24 characters to the first 20, `~` and the last three. */
function isShortened(short: string, full: string): boolean {
  const [head = '', tail] = short.split('~');
  return tail !== undefined && full !== short && full.startsWith(head) && full.endsWith(tail);
}

/** A collector of logs may change the case of the letters. */
function isAlike(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

function holdsWord(line: string, name: string): boolean {
  return line.split(/[\s,:]+/).includes(name);
}
