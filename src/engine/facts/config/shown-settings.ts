import type { Quote, Section } from '../../evidence/types.ts';
import { parseConfig } from '../../fortios/config/parse.ts';
import type { Setting } from '../../fortios/config/types.ts';
import { parseKeyValue } from '../../fortios/output/key-value.ts';
import { withoutPlaceholders } from '../../fortios/placeholder.ts';
import { type Fact, known, type Sourced, unknown } from '../fact.ts';
import { quoteAt } from './quote-output.ts';

/** Single settings selected from an object, by `<path> <name>`: `system global admin-sport`. */
export type ShownSettings = ReadonlyMap<string, Sourced<string>>;

/** `show full-configuration system global | grep admin-sport`: says nothing about other settings or defaults. */
const PICKED =
  /^(show|get) (?:full-configuration )?([a-z][a-z0-9 -]*[a-z0-9]|[a-z][a-z0-9 -]* "?[\w .-]{1,80}"?) ?\| ?grep\b/;
/** `show full-configuration vpn ssl settings`, if people kept only the lines in question and not `config …`. */
const KEPT = /^(show) (?:full-configuration )?([a-z][a-z0-9 -]*[a-z0-9])$/;
const CONFIG = /^[ \t]*config /;
const SET = /^[ \t]*set [a-z0-9-]+ \S/;
/** What `grep -f` and `grep -n` add to a line: `12:    set admin-sport 8443 <---`. */
const MARKED = /^\d{1,6}:(?=[ \t]*(?:set |[a-z]))|<---[ \t]*$/g;

/** What a person states of a setting: `remoteauthtimeout is 5 as well`, `remoteauthtimeout steht ebenfalls auf 5`, no question or plan. */
const SAID: readonly (readonly [path: string, words: RegExp])[] = [
  [
    'system global remoteauthtimeout',
    /^(?!.*\?)(?!\s*(?:set|show|get|config)\b).{0,200}?\bremoteauthtimeout\b(?: (?:is|was|set to|steht|ist|est|está|at|à|en|auf|its|the|also|still|ebenfalls|auch|noch|default|of))*[ :=]{1,3}(?<value>\d{1,3})\b(?! *(?:to|auf|->|→))/i,
  ],
  // `show user group says: match 1: server NPS-01, group-name "vpn-eng"`
  [
    'user group group-name',
    /^(?!.*\?)(?!\s*(?:set|show full|get|config)\b)(?=.*\b(?:user group|match|radius|nps)\b).{0,200}?\bgroup-name(?: (?:is|was|set to|steht|ist|est|está|auf|to|=))?[ :=]{1,3}"(?<value>[^"]{1,100})"/i,
  ],
];
const SAID_NAME = new RegExp(SAID.map(([path]) => path.slice(path.lastIndexOf(' ') + 1)).join('|'), 'i');

/** Objects of settings whose names are in no other object, for lines that were kept without their `config`. */
const OBJECT_OF: Readonly<Record<string, string>> = {
  'login-attempt-limit': 'vpn ssl settings',
  'login-block-time': 'vpn ssl settings',
  remoteauthtimeout: 'system global',
  'two-factor-ftk-expiry': 'system global',
  'two-factor-ftm-expiry': 'system global',
  peerid: 'vpn ipsec phase1-interface',
};
/** `    set login-block-time 900`, `    set peerid "rovers"`, as a device indents it */
const BARE = /^[ \t]+set (?<name>[a-z-]+) (?:(?<value>\d{1,6})|"(?<text>[^"]{1,80})")\s*$/;

/** A line of `show … | grep …`, with what was shown: `vpn ssl web portal partner`. */
export interface PickedStatement {
  readonly path: string;
  readonly setting: Setting;
  readonly quote: Quote;
  readonly section: Section;
}

/**
 * Reads lines of `show … | grep …` and `get … | grep …`. Of a setting shown twice the later counts, as in a session
 * before and after a change.
 */
export function readShownSettings(
  sections: readonly Section[],
  cutEntries: Iterable<readonly [path: string, setting: Sourced<string>]> = [],
): Fact<ShownSettings> {
  const settings = new Map<string, Sourced<string>>(cutEntries);
  for (const section of sections) {
    const picked = matchPicked(section);
    if (!picked) {
      for (const [path, setting] of readSettings(section)) settings.set(path, setting);
      continue;
    }
    const [, verb, path = ''] = picked;
    section.lines.forEach((line, index) => {
      const bare = line.replace(MARKED, '').trimEnd();
      const read = verb === 'get' ? parseRow(bare) : toShownSetting(parseStatement(path, bare));
      if (!read) return;
      const quotes = [quoteAt(section, index)];
      settings.set(`${unquotePath(path)} ${read.name}`, {
        value: read.value,
        explicit: true,
        quotes,
      });
    });
  }
  return settings.size > 0
    ? known(
        settings,
        [...settings.values()].flatMap((each) => each.quotes),
      )
    : unknown('the evidence contains no setting that was picked out with `grep`');
}

function readSettings(section: Section): readonly (readonly [path: string, setting: Sourced<string>])[] {
  return section.lines.flatMap((line, index) => {
    const { name = '', value, text } = BARE.exec(line)?.groups ?? {};
    const shown = value ?? text;
    const object = section.kind === 'config' || section.kind === 'output' ? undefined : OBJECT_OF[name];
    if (object !== undefined && shown !== undefined) {
      return [
        [`${object} ${name}`, { value: shown, explicit: true, quotes: [quoteAt(section, index)] }] as const,
      ];
    }
    if (!SAID_NAME.test(line)) return [];
    return SAID.flatMap(([path, words]) => {
      const value = words.exec(line)?.groups?.value;
      return value === undefined
        ? []
        : [[path, { value, explicit: true, quotes: [quoteAt(section, index)] }] as const];
    });
  });
}

/** The same lines of `show`, which a block of the object may leave out. */
export function pickedStatements(sections: readonly Section[]): readonly PickedStatement[] {
  return sections.flatMap((section) => {
    const [, verb, path = ''] = matchPicked(section) ?? [];
    if (verb !== 'show') return [];
    return section.lines.flatMap((line, index): readonly PickedStatement[] => {
      const setting = parseStatement(path, line.replace(MARKED, '').trimEnd());
      return setting ? [{ path: unquotePath(path), setting, quote: quoteAt(section, index), section }] : [];
    });
  });
}

function unquotePath(path: string): string {
  return path.replaceAll('"', '').trim();
}

function matchPicked({ kind, failure, command = '', lines }: Section): RegExpExecArray | null {
  if (kind !== 'output' || failure) return null;
  const kept = PICKED.exec(command) ?? KEPT.exec(command);
  return kept?.[0] === command && lines.some((line) => CONFIG.test(line)) ? null : kept;
}

interface ShownSetting {
  readonly name: string;
  readonly value: string;
}

function parseStatement(path: string, line: string): Setting | undefined {
  if (!SET.test(line)) return undefined;
  return parseConfig([`config ${path}`, line, 'end']).blocks[0]?.settings[0];
}

export function toShownSetting(setting: Setting | undefined): ShownSetting | undefined {
  return setting && { name: setting.name, value: withoutPlaceholders(setting.values).join(' ').trim() };
}

function parseRow(line: string): ShownSetting | undefined {
  const [row] = parseKeyValue([line]);
  return row && { name: row.key, value: withoutPlaceholders([row.value]).join('') };
}

/** Entries of a table with a selected line, by name: `show system interface wan1 | grep allowaccess`. */
export function pickedEntries(
  settings: ShownSettings,
  table: string,
  name: string,
): ReadonlyMap<string, Sourced<string>> {
  const picked = new Map<string, Sourced<string>>();
  for (const [path, value] of settings) {
    const entry = path.startsWith(`${table} `) && path.endsWith(` ${name}`);
    const key = entry ? path.slice(table.length + 1, -name.length - 1) : '';
    if (key !== '') picked.set(key, value);
  }
  return picked;
}
