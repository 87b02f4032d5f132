import { firstRdn } from '../shared/vpn-logins.ts';

/** Groups of the same name in two branches. */
export function areNamesakes(one: string, other: string): boolean {
  return (
    normalizeDn(firstRdn(one)) === normalizeDn(firstRdn(other)) &&
    [one, other].every((dn) => branch(dn) !== '') &&
    normalizeDn(branch(one)) !== normalizeDn(branch(other))
  );
}

/** `OU=Groups,DC=example,DC=net` of `CN=VPN-Users,OU=Groups,DC=example,DC=net`. */
export function branch(dn: string): string {
  return dn.slice(firstRdn(dn).length + 1).trim();
}

/** `OU=Groups`; of a group at the top of its domain, the domain. */
export function branchInDomain(dn: string): string {
  const { length } = domain(dn);
  return length === 0 ? branch(dn) : branch(dn).slice(0, -length).replace(/,\s*$/, '') || branch(dn);
}

/** `DC=example,DC=net` of `CN=VPN-Users,OU=Groups,DC=example,DC=net`, `O=example` of `CN=VPN-Users,O=example`. */
export function domain(dn: string): string {
  return /,\s*((?:DC|O)=.*)/i.exec(dn)?.[1] ?? '';
}

/** Directories compare names without regard to case and to blanks around separators. */
export function normalizeDn(dn: string): string {
  const parts = dn.toLowerCase().split(/([,=])/);
  return parts.map((part) => part.trim()).join('');
}
