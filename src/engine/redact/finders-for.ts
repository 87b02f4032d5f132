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
import type { Finder } from './spans.ts';

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
/** `set psksecret ENC …`: the value is a secret to its end, and nothing else in the line can be one. */
const ENCRYPTED_SETTING = /^ {0,32}set [a-z][a-z0-9-]{0,48} ENC [A-Za-z0-9+/]{8,}={0,2}$/;
const ENCRYPTED_SETTING_FINDERS: readonly Finder[] = [findSetSecrets, findEncrypted];

/** Half of the lines of a configuration begin or end its blocks: they contain no sentence or table. */
export function isStructure(text: string): boolean {
  return STRUCTURE.test(text);
}

/** Those that may find something in this line. */
export function findersFor(text: string): readonly Finder[] {
  if (ENCRYPTED_SETTING.test(text)) return ENCRYPTED_SETTING_FINDERS;
  return isStructure(text) ? STRUCTURE_FINDERS : FINDERS;
}
