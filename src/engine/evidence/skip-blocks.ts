/**
 * Tables that say nothing about logins and push, and make most of a backup.
 * `config webfilter profile`
 */
const UNREAD =
  /^(?:antivirus|application|dlp|dnsfilter|emailfilter|endpoint-control|extender-controller|file-filter|firewall (?:internet-service|profile|shaping|ssl-ssh-profile|wildcard-fqdn)|icap|ips|log|report|ssh-filter|switch-controller|system replacemsg|videofilter|virtual-patch|voip|waf|web-proxy|webfilter|wireless-controller)\b/;
/** Objects, which matter where a local-in policy, a virtual IP or the settings of SSL VPN name them. */
const OBJECTS: ReadonlySet<string> = new Set([
  'firewall address',
  'firewall addrgrp',
  'firewall service custom',
  'firewall service group',
]);
/** The beginning of a table, at any depth of VDOMs: `config firewall address`. */
const TABLE = /^( {0,4})config ([a-z][a-z0-9 .-]{1,60})\n/gm;
/** A table of policies with anything in it, also out of place. */
const NAMING_TABLE = /^ {0,4}config firewall (?:local-in-policy6?\n( *(?!end\n)\S)|vip6?\n)/gm;
/** `        set uuid 00000000-0000-51ef-8f3b-000000000000` */
const UNREAD_SETTING = /^ {4,16}set (?:uuid [0-9a-f-]{36}|snmp-index \d{1,6}|logtraffic [a-z-]{1,20})\n/gm;
/** What another program printed, or a prompt with its command (`FGT # show firewall address`), wherever it stands. */
const FOREIGN = /\n#config-version=|Version:|--More--|\n\S{1,64} (?:\([^)\n]{1,64}\) )?[#$] [a-z]/;
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"/g;
/** A line that is no statement, or that was shortened. */
const NO_STATEMENT =
  /\n(?! *(?:(?:set|unset|append|select|unselect|edit|config) [^"'\n\\]*(?:"" *)*(?:\n|$)|(?:next|end)(?:\n|$)))|\.\.\.|…/;
/** `            config filters`, and its `end`. */
const NESTING = /\n *(config(?= )|end(?=\n|$))/g;
const NAMES_SERVICE = /^ *set service /m;
/** An entry that lost the line of its table, which its settings show: it may be a virtual IP that names a service. */
const WITHOUT_TABLE = /^end\n {1,8}edit /m;
/** `    set source-address "branch"`, of SSL VPN */
const NAMES_ADDRESS = /^ *set source-address "/m;

/**
 * A whole backup without the entries of tables that nothing reads; any other text as it is. Reading the rest takes half
 * of the time (`npm run bench -- folder`). Lines are numbered otherwise afterwards. Pure; takes time linear in the text.
 */
export function skipBlocks(text: string): string {
  if (!text.startsWith('#config-version=') || FOREIGN.test(text)) return text;
  const isNamed = namesObjects(text);
  let shown = '';
  let at = 0;
  TABLE.lastIndex = 0;
  for (let table = TABLE.exec(text); table; table = TABLE.exec(text)) {
    const [head, indent = '', path = ''] = table;
    if (!UNREAD.test(path) && (isNamed || !OBJECTS.has(path))) continue;
    const from = table.index + head.length;
    const end = endOfTable(text, from, indent);
    if (end === undefined) return text;
    shown += text.slice(at, from);
    at = end;
    TABLE.lastIndex = end;
  }
  return (shown + text.slice(at)).replaceAll(UNREAD_SETTING, '');
}

/** Index of the `end` of the table; undefined if it is cut, or not indented as FortiOS does it. */
function endOfTable(text: string, from: number, indent: string): number | undefined {
  const last = `\n${indent}end`;
  let isQuoted = false;
  let counted = from - 1;
  for (let end = text.indexOf(last, counted); end !== -1; end = text.indexOf(last, end + 1)) {
    isQuoted = isQuoted !== opensQuote(text.slice(counted, end));
    counted = end;
    const after = text[end + last.length];
    if (isQuoted || (after !== undefined && after !== '\n')) continue;
    const body = text.slice(from - 1, end);
    return body.includes(`\n${indent}config `) || isStrange(body) ? undefined : end + 1;
  }
  return undefined;
}

/** Whether the body holds a foreign line, or an `end` that closes no table in it. */
function isStrange(body: string): boolean {
  const plain = body.replaceAll(QUOTED, '""');
  let depth = 0;
  for (const [, word] of plain.matchAll(NESTING)) {
    depth += word === 'end' ? -1 : 1;
    if (depth < 0) return true;
  }
  return depth > 0 || NO_STATEMENT.test(plain);
}

/** Whether a value that begins here is still open at the end: its number of quotes is odd. */
function opensQuote(text: string): boolean {
  let isOpen = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at - 1] !== '\\' || text[at - 2] === '\\') isOpen = !isOpen;
  }
  return isOpen;
}

function namesObjects(text: string): boolean {
  if (NAMES_ADDRESS.test(text) || WITHOUT_TABLE.test(text)) return true;
  for (const { 0: found, 1: policy, index } of text.matchAll(NAMING_TABLE)) {
    if (policy !== undefined) return true;
    const at = index + found.length;
    const end = text.indexOf('end\n', at);
    if (NAMES_SERVICE.test(text.slice(at, end === -1 ? text.length : end))) return true;
  }
  return false;
}
