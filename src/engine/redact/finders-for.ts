import { findChangedSecrets } from './finders/changes.ts';
import { findDumps } from './finders/dumps.ts';
import { findEncrypted } from './finders/encrypted.ts';
import { findAuthorization, findCookies } from './finders/headers.ts';
import { findKnownFormats } from './finders/known-formats.ts';
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
import { DUMPED_PACKET } from './values.ts';

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
  findKnownFormats,
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
const ONE_VALUE_FINDERS: readonly Finder[] = [findSetSecrets, findPlaces, findEncrypted];

/** Half of the lines of a configuration begin or end its blocks: they contain no sentence or table. */
export function isStructure(text: string): boolean {
  return STRUCTURE.test(text);
}

/** Everything that the finders find in this line. */
export function findIn(text: string, context: LineContext): readonly Span[] {
  if (DUMPED_PACKET.test(text)) return findDumps(text);
  const only = ONE_VALUE.test(text) ? ONE_VALUE_FINDERS.flatMap((finder) => finder(text, context)) : [];
  if (only.length > 0) return only;
  return (isStructure(text) ? STRUCTURE_FINDERS : FINDERS).flatMap((finder) => finder(text, context));
}
