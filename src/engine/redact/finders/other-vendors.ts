import { type Hint, hint, joinHints, splitCells } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import { findSecretKind, NAME_HINT } from '../secret-names.ts';
import type { LineContext, Span } from '../spans.ts';
import { isUnsaid } from '../unsaid.ts';
import { findMatches, readQuoted, readWord, textRange, toSpan } from '../values.ts';
import { findPathSecrets } from './statements/path.ts';
import { ROW_HINT, ROWS } from './statements/rows.ts';
import { byFirstWord, firstWord, secretAt, statement, type VendorStatement } from './statements/statement.ts';

/** Statements by the first word of their line. */
const BY_FIRST_WORD = byFirstWord(ROWS);
/** `switch(config)#` */
const PROMPT = /^(?!<)[^\s#>$]{1,64}(?:[ ]?\([^)]{1,64}\))?(?:[#>$]|(?<=:)(?=[ ](?:set|add)[ ]\/))[ ]{0,2}/;

/** Statements anywhere in a line. */
const ANYWHERE = [
  anywhere`community ⟶ communit ⟶ snmp-server~community~#`,
  anywhere`community ⟶ communit ⟶ snmp~community~(?:(?:read|write|readonly|simple)~)?(?!edit|config|events|hosts?|name|string|add|set|is\b|[Hh]eißt|hieß|lautet|est |es )`,
  anywhere`community ⟶ communit ⟶ r[ow]community6?~`,
  anywhere`password ⟶ pass|secr|key|md5 |sha |sha256 ‖authentication 0 ⟶ (?:password|passwd|secret|key|md5|key-string|sha256?|authentication)~(?:level~\d{1,2}~)?[0-9]~(?=[^\s"']{4,256}[\s";\`]{0,4}$)`,
  // F5, Cisco WLC: `auth radius-server r { secret … server … }`
  anywhere`password ⟶ pass|secr ⟶ (?:password|secret)~(?=[^\s"',;]{4,128}~(?:secret|server|username|all)(?!\w))`,
  // The notation shows that the value is a secret.
  anywhere`secret ⟶ pass|secr|key|communit ⟶ (?:password|passwd|secret|key|community|shared-(?:key|secret)|pre-shared-key)~(?:(?:level|role)~@~)?(?:encrypted|cipher|irreversible-cipher|simple|plaintext|cleartext|sha1|sha256|sha512|ascii-text|hexadecimal)~(?=["']?[^\s"']{0,80}\d)`,
  anywhere`secret ⟶ cleartext|crypt |= des |=des ‖ des  ⟶ (?:login|pap|chap|enable|global|opap|arap|ms-chap)~?=~?(?:cleartext|des|crypt)~`,
  anywhere`psk ⟶ psk|key ⟶ (?:wpa-psk|pre-shared-key|psk)~(?:ascii|hex|ascii-text|hexadecimal|local|remote|pass-phrase)~#`,
  // `add vpn … psk V gateway …`, `psk V / ikev2 / aes256`
  anywhere`psk ⟶ psk ⟶ (?:(?=psk~[^\s"']{4,64}~gateway~)(?<=^[\s>|+*-]{0,20}(?:add|set|create)[ \t]vpn[ \t].{1,200})psk~|psk~(?=[^\s"'/]{4,64}~/~ike(?:v?[12])?~/~(?:aes|3?des|sha)))`,
  anywhere`password ⟶ auth md5|auth sha ⟶ auth~(?:md5|sha[\w-]{0,8})~#`,
  anywhere`password ⟶ priv aes|priv des|priv 3des ⟶ priv~(?:3?des|aes[\w-]{0,8})~(?:(?:128|192|256)~)?#`,
  anywhere`key ⟶ key|bgp md5|pass ⟶ (?:message-digest-key~\d{1,3}~md5|bgp~(?:md5|password))~#`,
  anywhere`psk ⟶ key ⟶ set-key~(?:ascii|hex)~#`,
  anywhere`password ⟶ pass|secr|psk ⟶ (?=(?:password|passwd|passphrase|secret|psk)~["']?[^\s"']{3,128}["']?;?$)(?<=^[ \t>]{0,12}(?:[a-z][a-z\d-]{1,24}|[\d./:]{1,40})(?:[ \t]{1,4}(?:[a-z\d][\w./:-]{0,40})){0,8}[ \t]{1,4})(?<!(?:^|[ \t])(?:the|an?|my|our|your|his|her|their|de[nmr]|das|die|(?:m|k)?eine?|unser|no|new|old|wrong|same|this|that|and|or|of|is|for|to|with|describe|get|delete)[ \t]{1,4})\S+~`,
  // Redis in its file and at its prompt, HAProxy.
  anywhere`password ⟶ masterauth|requirepass|auth-pass ⟶ (?:masterauth|requirepass|sentinel~auth-pass~@)~(?=\S{4})`,
  anywhere`password ⟶ stats auth ⟶ stats~auth~[^\s:]{1,64}:`,
];

function anywhere(strings: TemplateStringsArray): VendorStatement & { readonly hint: Hint } {
  const [kind, words = '', lead = ''] = splitCells(strings);
  const [anyCase = '', exact] = words.split('‖');
  return { ...statement(kind as SecretKind, lead, true), hint: hint(anyCase, exact) };
}

/** ipsec.secrets: `wren : EAP "…"`. */
const IPSEC_SECRET =
  /(?<![^\s+-]):[ \t]{1,4}(?:PSK|EAP|NTLM|XAUTH(?:[ \t]{1,4}[\w.@-]{1,64}(?=[ \t]{1,4}["']))?|(?:RSA|ECDSA|BLISS|P12|PKCS8|PKCS12|PIN)[ \t]{1,4}\S{1,128})[ \t]{1,4}(?=["']|\S)/g;
/** chap-secrets: `wren * … *`. */
const CHAP_SECRET =
  /^(?:"[^"]{1,64}"|[^\s":]{1,64})[ \t]{1,32}(?:\*|"?(?:l2tpd|xl2tpd|pptpd|pppd|l2tp)"?)[ \t]{1,32}(?=(?:"[^"]{4,128}"|\S{4,128})[ \t]{1,32}(?:\*|[\d.]{7,15})$)/;
/** Postfix: `[smtp.example.com]:587 wren:…`. */
const RELAY_SECRET = /^\[?[\w.-]{3,100}\]:587[ \t]{1,12}[^\s:]{1,64}:(?=\S{4,128}$)/;
/** Check Point: `:password (…)`. */
const PARENTHESISED = /(?<![^\s+-]):([a-z_]{3,40})[ \t]\((?=\S)/g;
/** tac_plus, swanctl: `key = "…"` within a block. */
const KEY_IN_BLOCK =
  /(?<!\w|\w-|(?:cache|partition|primary|routing|shard|sort)[ ])key[ \t]{1,12}=[ \t]{1,12}(?![A-Za-z_$][\w$]*\.[\w$]+\()(?=["']?(?=[^\s\d]{0,63}\d)[^\s"']{6,128})/g;
/** The same in quotation marks, of letters only: a FRITZ!Box. */
const QUOTED_KEY = /(?<!\w|\w-|(?:const|let|var)[ ])key[ \t]{0,4}=[ \t]{0,4}"(?=[^"\s]{6,128}";)/g;
/** RouterOS. */
const ROUTER_COMMUNITY = /\/snmp community/;
const ROUTER_NAME = /(?<!\S)name=(?=\S)/g;

const FILE_HINT = hint(
  'key|pass|secr|communit|: pin ',
  ': PSK|: EAP|: NTLM|: XAUTH|: RSA |: ECDSA |: BLISS |: P12 |: PKCS',
);
const PLACED_HINT = hint(' * |l2tpd|pptpd|pppd| l2tp ', ']:587|:587');
export const VENDOR_HINT = joinHints(
  ROW_HINT,
  FILE_HINT,
  PLACED_HINT,
  NAME_HINT,
  ...ANYWHERE.map((each) => each.hint),
);

/** Configuration of other switches, routers, firewalls and services in the same paste. */
export function findOtherVendors(line: string, context: LineContext): readonly Span[] {
  const { start, end } = textRange(line);
  const at = start + (PROMPT.exec(line.slice(start, start + 140))?.[0].length ?? 0);
  const first = firstWord(line, at);
  const spans = (BY_FIRST_WORD.get(first) ?? []).flatMap((each) => stickySpans(line, at, each));
  spans.push(...findPathSecrets(line, at, first));
  if (context.inCommunity || ROUTER_COMMUNITY.test(line)) spans.push(...routerCommunities(line));
  spans.push(...ANYWHERE.flatMap((each) => (each.hint.test(line) ? globalSpans(line, each) : [])));
  if (FILE_HINT.test(line)) spans.push(...blockSecrets(line));
  if (line.includes('system.snmp')) spans.push(...communitiesInJson(line));
  return PLACED_HINT.test(line) ? [...spans, ...placedSecrets(line, start, end)] : spans;
}

function stickySpans(line: string, at: number, { kind, lead }: VendorStatement): readonly Span[] {
  lead.lastIndex = at;
  const match = lead.exec(line);
  return match ? secretAt(line, at + match[0].length, kind) : [];
}

function globalSpans(line: string, { kind, lead }: VendorStatement): readonly Span[] {
  return findMatches(lead, line).flatMap((match) => secretAt(line, match.index + match[0].length, kind));
}

/** Files in which the position of a word determines its meaning. */
function placedSecrets(line: string, start: number, end: number): readonly Span[] {
  if (end - start > 400 || !/\*$|[\d.]$|:587/.test(line.slice(start, end))) return [];
  const text = line.slice(start, end);
  const led = CHAP_SECRET.exec(text) ?? RELAY_SECRET.exec(text);
  return led ? secretAt(line, start + led[0].length, 'password') : [];
}

function blockSecrets(line: string): readonly Span[] {
  return line.includes(':') || line.includes('=') ? inFiles(line) : [];
}

function inFiles(line: string): readonly Span[] {
  return [
    ...leads(line, IPSEC_SECRET).flatMap((at) => secretAt(line, at, 'psk')),
    ...leads(line, KEY_IN_BLOCK).flatMap((at) => secretAt(line, at, 'secret')),
    ...leads(line, QUOTED_KEY)
      .filter((at) => isUnsaid(line.slice(at, line.indexOf('"', at))))
      .flatMap((at) => secretAt(line, at - 1, 'psk')),
    ...findMatches(PARENTHESISED, line).flatMap((match) => {
      const kind = findSecretKind(match[1] as string, 'json');
      const at = match.index + match[0].length;
      return kind ? toSpan(line, readQuoted(line, at) ?? readWord(line, at, ')'), kind) : [];
    }),
  ];
}

function leads(line: string, pattern: RegExp): readonly number[] {
  return findMatches(pattern, line).map((match) => match.index + match[0].length);
}

function routerCommunities(line: string): readonly Span[] {
  return leads(line, ROUTER_NAME).flatMap((at) => secretAt(line, at, 'community'));
}

const COMMUNITY_TABLE = /"path"[ \t]*:[ \t]*"system\.snmp".*"(?:name|mkey)"[ \t]*:[ \t]*"community"/;
const NAME_VALUE = /"name"[ \t]*:[ \t]*"(?!community")(?=[^"\\])/g;

/** Answer of the FortiOS REST API for `system.snmp/community`: the names are the secrets. */
function communitiesInJson(line: string): readonly Span[] {
  if (!COMMUNITY_TABLE.test(line)) return [];
  return findMatches(NAME_VALUE, line).flatMap((match) => {
    const value = readQuoted(line, match.index + match[0].length - 1);
    return value ? toSpan(line, value, 'community') : [];
  });
}
