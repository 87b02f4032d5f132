import { isIpAddress, sameAddress } from '../../fortios/address.ts';
import type { Certificate } from '../../fortios/x509/certificate.ts';
import { partOf } from '../../fortios/x509/distinguished-name.ts';

export type NameMatch =
  | { readonly kind: 'matches' }
  /** `names` are those in the certificate. `sure` is false if a listing may omit some of them. */
  | { readonly kind: 'differs'; readonly names: readonly string[]; readonly sure: boolean }
  /** A name of the same domain; the listing may omit others. */
  | { readonly kind: 'unknown'; readonly names: readonly string[] };

/** Whether the certificate contains the address that the phone calls. */
export function matchNames({ subject, alternatives }: Certificate, address: string): NameMatch {
  const common = partOf(subject, 'CN');
  const listed = [...(alternatives?.names ?? []), ...(alternatives?.addresses ?? [])];
  // If there are alternative names, the common name is ignored (RFC 6125).
  const names = listed.length > 0 || common === undefined ? listed : [common];
  if (names.some((name) => covers(name, address))) return { kind: 'matches' };
  if (alternatives) return { kind: 'differs', names, sure: true };
  return !isIpAddress(address) && names.some((name) => isRelated(name, address))
    ? { kind: 'unknown', names }
    : { kind: 'differs', names, sure: false };
}

function covers(name: string, address: string): boolean {
  if (isIpAddress(address)) return sameAddress(name, address);
  const host = plain(address);
  const pattern = plain(name);
  if (!pattern.startsWith('*.')) return pattern === host;
  // A wildcard stands for one label.
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1) && pattern.indexOf('.', 2) !== -1;
}

function isRelated(name: string, address: string): boolean {
  const domain = (text: string) => plain(text).split('.').slice(-2).join('.');
  return domain(name) === domain(address);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
