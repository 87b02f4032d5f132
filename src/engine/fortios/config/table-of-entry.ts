/** Settings that together stand in entries of one table only. */
const SIGNATURES: readonly (readonly [path: string, settings: readonly string[]])[] = [
  ['vpn ipsec phase1-interface', ['interface', 'proposal']],
  ['vpn ipsec phase1-interface', ['interface', 'ike-version', 'peertype']],
  ['firewall policy', ['srcintf', 'dstintf', 'action']],
  ['firewall local-in-policy', ['intf', 'srcaddr', 'service']],
  ['firewall vip', ['extip', 'mappedip']],
  ['vpn ssl web portal', ['tunnel-mode']],
  ['vpn ssl web portal', ['web-mode']],
  ['user local', ['type', 'passwd']],
  ['user local', ['type', 'two-factor']],
  ['user ldap', ['server', 'cnid', 'dn']],
  ['user radius', ['server', 'secret']],
  ['user saml', ['entity-id', 'idp-entity-id']],
  ['system interface', ['vdom', 'ip']],
];
/** Lines of an entry that are looked at; a phase 1 has about forty. */
const MAX_LINES = 80;
/** Tables open in an entry; FortiOS has fewer. */
const MAX_DEPTH = 4;
const FIRST = /^[ \t]*edit[ \t]+\S/;
const STATEMENT = /^[ \t]*(config|edit|set|unset|next|end)(?:[ \t]+([\w-]+)|[ \t]*$|[ \t])/;

/**
 * The table of an entry that a person copied without its `config` line, from `edit` to `next` or to the end of what was
 * copied; `undefined` where its settings do not tell.
 */
export function tableOfEntry(lines: readonly string[], from: number): string | undefined {
  if (!FIRST.test(lines[from] ?? '')) return undefined;
  const settings = new Set<string>();
  let depth = 0;
  let isBelowBlank = false;
  const last = Math.min(lines.length - 1, from + MAX_LINES);
  for (let at = from + 1; at <= last; at += 1) {
    const line = (lines[at] ?? '').slice(0, 120);
    if (line.trim() === '') {
      isBelowBlank = true;
      continue;
    }
    const [, verb, name = ''] = STATEMENT.exec(line) ?? [];
    // Prose within a block makes it no copy of a configuration; a blank line ends what was copied.
    if (verb === undefined) return isBelowBlank && depth === 0 ? tableWith(settings) : undefined;
    isBelowBlank = false;
    if (verb === 'config') depth += 1;
    else if (verb === 'end') depth -= 1;
    else if (verb === 'set' && depth === 0) settings.add(name);
    if (depth < 0 || depth > MAX_DEPTH || (verb === 'edit' && depth === 0)) return undefined;
    if (verb === 'next' && depth === 0) return tableWith(settings);
  }
  return last === lines.length - 1 && depth === 0 ? tableWith(settings) : undefined;
}

function tableWith(settings: ReadonlySet<string>): string | undefined {
  return SIGNATURES.find(([, own]) => own.every((each) => settings.has(each)))?.[0];
}
