import type { Disturbed, Fix } from '../rule.ts';

/** What the lines of a fix disturb, the first that fits: `config vpn ipsec phase1-interface` */
const LINES: readonly (readonly [line: RegExp, disturbed: Disturbed])[] = [
  [/^\s*config vpn ipsec phase1/, 'tunnels of this phase 1'],
  // `append source-address "vpn-countries"`, `set tunnel-ip-pools "pool-b"`
  [/^\s*(?:set|append|unselect) (?:source-address|tunnel-ip(?:v6)?-pools)\b/, 'every session of SSL VPN'],
  [/^\s*config vpn ssl settings/, 'perhaps SSL VPN'],
];

/** For a rule with different fixes: what the lines of this one disturb, else `otherwise`. */
export function byLines(otherwise: Disturbed): (finding: { readonly fix: Fix }) => Disturbed {
  return ({ fix }) => LINES.find(([line]) => fix.apply.some((each) => line.test(each)))?.[1] ?? otherwise;
}
