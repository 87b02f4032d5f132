import type { SecretKind } from '../kinds.ts';
import type { Span } from '../spans.ts';
import { readQuoted, readWord, toSpan } from '../values.ts';

interface Statement {
  readonly kind: SecretKind;
  /** Part of every such statement, and much cheaper to search for. */
  readonly hint: RegExp;
  /** Everything before the secret, which is the next word. */
  readonly lead: RegExp;
}

function statement(kind: SecretKind, hint: string, lead: string): Statement {
  const pattern = lead.replaceAll('~', '[ \\t]{1,8}').replaceAll('@', '[^\\s]{1,64}');
  return { kind, hint: new RegExp(hint, 'i'), lead: new RegExp(`(?<!\\w|\\w-)${pattern}(?=\\S)`, 'gi') };
}

/** Configuration of other switches, routers and firewalls in the same paste: IOS, NX-OS, Junos, PAN-OS, RouterOS. */
const STATEMENTS: readonly Statement[] = [
  statement('community', 'snmp', 'snmp-server~community~'),
  statement('community', 'snmp', 'snmp~community~(?!edit|config|events|hosts?|name|string|is\\b)'),
  statement('community', 'snmp', 'snmp-server~host~@~(?:(?:traps?|informs?)~)?(?:version~(?:1|2c)~)?'),
  statement('community', 'community', 'r[ow]community6?~'),
  statement('psk', 'ikev', 'ikev[12]~(?:(?:local|remote)-authentication~)?pre-shared-key~(?:\\d~)?'),
  statement('secret', 'key', '(?<=^[\\s>|+*•-]{1,40})key~(?=(?=\\S*[a-z])(?=\\S*\\d)\\S{8,128}[ \\t]*$)'),
  statement(
    'password',
    'enable|username|line ',
    '(?:enable|line|username~@(?:~privilege~\\d{1,2})?(?:~role~\\w{1,24})?)~(?:password|secret)~(?:[0-9]~)?',
  ),
  statement(
    'password',
    '[ \\t]\\d[ \\t]',
    '(?:password|secret|key|md5|key-string|sha256?|authentication)~(?:level~\\d{1,2}~)?[0-9]~(?=[\\w$./+!*]{4,}[\\s";]*$)',
  ),
  statement('password', 'neighbor', 'neighbor~@~password~(?:\\d~)?'),
  statement('password', 'ppp', 'ppp~(?:chap|pap)~(?:sent-username~@~)?password~(?:\\d~)?'),
  statement(
    'secret',
    '-server',
    '(?:tacacs|radius)-server~(?:host~@~)?(?:[\\w-]{1,16}~\\d{1,5}~){0,3}key~(?:\\d~)?',
  ),
  statement('psk', 'isakmp', 'crypto~isakmp~key~(?:\\d~)?(?=[^\\s]{1,128}~(?:address|hostname))'),
  statement(
    'psk',
    'wpa-psk|pre-shared',
    '(?:wpa-psk|pre-shared-key)~(?:ascii|hex|ascii-text|hexadecimal|local|remote)~(?:\\d~)?',
  ),
  statement('password', 'ospf', 'ip~ospf~(?:authentication-key|message-digest-key~\\d{1,3}~md5)~(?:\\d~)?'),
  statement('password-hash', 'encrypted-p|phash', '(?:encrypted-password|phash)~'),
];

const HINT = /snmp|community|passw|secret|key|md5|phash|sha\d|\$(?:8|9|14|sha1)\$|-AQ==/i;
/** Juniper's reversible format, and the key names of secrets in PAN-OS. */
const FORMS =
  /\$9\$[\w./-]{8,256}|-AQ==[A-Za-z0-9+/=]{16,512}|(?<=<phash>)[^<\s]{8,256}|\$(?:8|9|sha1|14)\$[\w./$,=+-]{8,256}/g;

export function findOtherVendors(line: string): readonly Span[] {
  if (!HINT.test(line)) return [];
  return [
    ...STATEMENTS.flatMap((each) => statementSpans(line, each)),
    ...Array.from(line.matchAll(FORMS), formSpan),
    ...communitiesInJson(line),
  ];
}

/** A sentence, not a statement: `username wren password is wrong`. */
const IN_SENTENCE =
  /^(?:is|was|has|had|and|or|for|to|of|in|on|at|by|the|a|must|should|will|can|cannot|does|did|do|not|as|with|from|are)$/i;

const COMMUNITY_TABLE = /"path"[ \t]*:[ \t]*"system\.snmp".*"(?:name|mkey)"[ \t]*:[ \t]*"community"/;
const NAME_VALUE = /"name"[ \t]*:[ \t]*"(?!community")(?=[^"\\])/g;

/** Answer of the FortiOS REST API for `system.snmp/community`: the names are the secrets. */
function communitiesInJson(line: string): readonly Span[] {
  if (!COMMUNITY_TABLE.test(line)) return [];
  return Array.from(line.matchAll(NAME_VALUE)).flatMap((match) => {
    const value = readQuoted(line, match.index + match[0].length - 1);
    return value ? toSpan(line, value, 'community') : [];
  });
}

function formSpan(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length, kind: 'password-hash' };
}

function statementSpans(line: string, { kind, hint, lead }: Statement): readonly Span[] {
  if (!hint.test(line)) return [];
  return Array.from(line.matchAll(lead)).flatMap((match) => {
    const at = match.index + match[0].length;
    const value = readQuoted(line, at) ?? readWord(line, at, ';');
    return IN_SENTENCE.test(line.slice(value.start, value.end).slice(0, 8)) ? [] : toSpan(line, value, kind);
  });
}
