import { findChangedSecrets } from './finders/changes.ts';
import { CODE_HINT, findCodes } from './finders/codes.ts';
import { DUMP_HINT, findDumps } from './finders/dumps.ts';
import { ENCRYPTED_HINT, findEncrypted } from './finders/encrypted.ts';
import { FORMAT_HINT, findFormats } from './finders/formats.ts';
import { AUTHORIZATION_HINT, COOKIE_HINT, findAuthorization, findCookies } from './finders/headers.ts';
import { findLabelled, LABELLED_HINT } from './finders/labelled.ts';
import { findLogins, LOGINS_HINT } from './finders/logins.ts';
import { findMarkupSecrets } from './finders/markup.ts';
import { CALL_HINT, findMembers } from './finders/members.ts';
import { findOtherVendors, VENDOR_HINT } from './finders/other-vendors.ts';
import { findPlaces } from './finders/places.ts';
import { findSecretsInProse, PROSE_HINT } from './finders/prose.ts';
import { findInSentences, SENTENCE_HINT } from './finders/sentences.ts';
import { findSerials, SERIAL_HINT } from './finders/serials.ts';
import { findSetSecrets } from './finders/set-commands.ts';
import { findShellSecrets, SHELL_HINT } from './finders/shell-commands.ts';
import { findTypedSecrets, TYPED_HINT } from './finders/transcripts.ts';
import { joinHints } from './hint.ts';
import { NAME_HINT } from './secret-names.ts';
import { type Finder, findWith, type LineContext, type Span } from './spans.ts';
import { ofLast } from './text-memory.ts';
import { DUMPED_PACKET, lineEnd } from './values.ts';

/** The order decides the kind if two finders find the same value: the first wins. */
export const FINDERS: readonly Finder[] = [
  { hint: NAME_HINT, find: findSetSecrets },
  { hint: TYPED_HINT, find: findTypedSecrets },
  { hint: SHELL_HINT, find: findShellSecrets },
  { hint: NAME_HINT, find: findChangedSecrets },
  { hint: COOKIE_HINT, find: findCookies },
  { hint: AUTHORIZATION_HINT, find: findAuthorization },
  { hint: NAME_HINT, find: findPlaces },
  { hint: NAME_HINT, find: findMarkupSecrets },
  { hint: joinHints(NAME_HINT, CALL_HINT), find: findMembers },
  { hint: PROSE_HINT, find: findSecretsInProse },
  { hint: SENTENCE_HINT, find: findInSentences },
  { hint: LOGINS_HINT, find: findLogins },
  { hint: VENDOR_HINT, find: findOtherVendors },
  { hint: LABELLED_HINT, find: findLabelled },
  { hint: ENCRYPTED_HINT, find: findEncrypted },
  { hint: CODE_HINT, find: findCodes },
  { hint: FORMAT_HINT, find: findFormats },
  { hint: DUMP_HINT, find: findDumps },
  { hint: SERIAL_HINT, find: findSerials },
];

const STRUCTURE =
  /^\s{0,64}(?:config (?!wlan security|ap mgmtuser|\S{1,8} (?:auth|acct) add)[a-z]|edit |next\s*$|end\s*$)/;
const IN_TEXT: readonly Finder['find'][] = [findMembers, findOtherVendors, findLabelled];
const STRUCTURE_FINDERS = FINDERS.filter(({ find }) => !IN_TEXT.includes(find));
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
const OF_ONE_VALUE: readonly Finder['find'][] = [findSetSecrets, findPlaces, findEncrypted];
const ONE_VALUE_FINDERS = FINDERS.filter(({ find }) => OF_ONE_VALUE.includes(find));

/** Half of the lines of a configuration begin or end its blocks: they contain no sentence or table. */
export const isStructure = ofLast((text) => STRUCTURE.test(text));

/** Everything that the finders find in this line. */
export function findSpans(whole: string, context: LineContext): readonly Span[] {
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
  const only = ONE_VALUE.test(text) ? findWith(ONE_VALUE_FINDERS, text, context) : [];
  if (only.length > 0) return only;
  return findWith(isStructure(text) ? STRUCTURE_FINDERS : FINDERS, text, context);
}
