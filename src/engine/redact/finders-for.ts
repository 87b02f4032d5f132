import { findChangedSecrets } from './finders/changes.ts';
import { findCodes } from './finders/codes.ts';
import { findDumps } from './finders/dumps.ts';
import { findEncrypted } from './finders/encrypted.ts';
import { findFormats } from './finders/formats.ts';
import { findAuthorization, findCookies } from './finders/headers.ts';
import { findLabelled } from './finders/labelled.ts';
import { findLogins } from './finders/logins.ts';
import { findMarkupSecrets } from './finders/markup.ts';
import { findMembers } from './finders/members.ts';
import { findOtherVendors } from './finders/other-vendors.ts';
import { findPlaces } from './finders/places.ts';
import { findSecretsInProse } from './finders/prose.ts';
import { findSerials } from './finders/serials.ts';
import { findSetSecrets } from './finders/set-commands.ts';
import { findShellSecrets } from './finders/shell-commands.ts';
import { findSlots } from './finders/slots.ts';
import { findTypedSecrets } from './finders/transcripts.ts';
import type { Finder, LineContext, Span } from './spans.ts';
import { DUMPED_PACKET, lineEnd } from './values.ts';

/** The order decides the kind if two finders find the same value: the first wins. */
export const FINDERS: readonly Finder[] = [
  findSetSecrets,
  findTypedSecrets,
  findShellSecrets,
  findChangedSecrets,
  findCookies,
  findAuthorization,
  findPlaces,
  findMarkupSecrets,
  findMembers,
  findSlots,
  findSecretsInProse,
  findLogins,
  findOtherVendors,
  findLabelled,
  findEncrypted,
  findCodes,
  findFormats,
  findDumps,
  findSerials,
];

const STRUCTURE =
  /^\s{0,64}(?:config (?!wlan security|\S{1,8} (?:auth|acct) add)[a-z]|edit |next\s*$|end\s*$)/;
const IN_TEXT: readonly Finder[] = [findMembers, findOtherVendors, findLabelled];
const STRUCTURE_FINDERS = FINDERS.filter((finder) => !IN_TEXT.includes(finder));
/** `set psksecret ENC …`, `password: …`: a name and one value; if that is a secret, nothing else in the line is one. */
const ONE_VALUE =
  /^ {0,32}(?:set )?[A-Za-z][\w-]{1,48}(?: ?[:=] ?| {1,4})(?:ENC )?("?)[^\s"'`=:;,&|<>()[\]{}\\]{2,}={0,2}\1$/;
/** No value: the name of what stands below, as `password:`, `set key "User-Agent"`, or the mark of a key. */
const NO_VALUE =
  /^[+-]?[ \t]{0,64}(?:["']?[a-z][a-z_-]{0,31}["']?:|-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----|set key "?(?:content-type|accept(?:-\w+)?|user-agent|cache-control|authorization|x-[\w-]+)"?)$/i;
/** The names of a tunnel, which may sound like a label: `ike V=root:0:ra-psk:37151: gw validation OK`. */
const TUNNEL =
  /(?<=^(?:\S{1,40} ){0,3}ike (?:V=\S{1,31}:)?\d{1,3}:)[^\s:]{1,80}(?::\d{1,10}:[^\s:]{1,80})?(?=:\d{1,10}: )/;
/** A cipher that a list leaves out, and the message of a variable: `!PSK:!MD5`, `${VPN_PSK:?not set}`. */
const NO_NAME = /(?<=(?:^|[:\s"'])!)PSK(?=:[!+A-Z-])|(?<=\$\{)\w{2,60}(?=:[?+])/g;
/** `+login password …`, `-  set key …`: as the line without its mark. */
const IN_DIFF = /^[+-](?=[ \t]{0,64}[\p{L}>"'])/u;
const ONE_VALUE_FINDERS: readonly Finder[] = [findSetSecrets, findPlaces, findEncrypted];

/** Half of the lines of a configuration begin or end its blocks: they contain no sentence or table. */
export function isStructure(text: string): boolean {
  return STRUCTURE.test(text);
}

/** Everything that the finders find in this line. */
export function findIn(whole: string, context: LineContext): readonly Span[] {
  const text = whole.slice(0, lineEnd(whole));
  if (DUMPED_PACKET.test(text)) {
    const data = findDumps(text);
    // A dump of text shows it in the column of characters: `70 61 73 73 3d  pass=…`.
    return data.length > 0 || !/[a-z][=:]/i.test(text) ? data : findPlaces(text);
  }
  if (context.inHeader === undefined && NO_VALUE.test(text)) return [];
  if (context.inHeaders && /^\s*set key /.test(text)) return [];
  const hide = ({ length }: string) => 'x'.repeat(length);
  const named = text.includes('ike ') ? text.replace(TUNNEL, hide) : text;
  const line = /!PSK|\$\{/.test(named) ? named.replaceAll(NO_NAME, hide) : named;
  const found = findInText(line, context);
  return IN_DIFF.test(line) ? [...found, ...findInText(` ${line.slice(1)}`, context)] : found;
}

function findInText(text: string, context: LineContext): readonly Span[] {
  const only = ONE_VALUE.test(text) ? ONE_VALUE_FINDERS.flatMap((finder) => finder(text, context)) : [];
  if (only.length > 0) return only;
  return (isStructure(text) ? STRUCTURE_FINDERS : FINDERS).flatMap((finder) => finder(text, context));
}
