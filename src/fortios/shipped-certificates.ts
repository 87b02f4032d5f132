/**
 * FortiOS ships these as the default of the push service, in one version or another (field notes, RC05 and section 6). The
 * app accepts them, though no public authority signed them and they name no address.
 */
export const SHIPPED_CERTIFICATES: readonly string[] = ['Fortinet_Factory', 'Fortinet_GUI_Server'];

export function isShippedCertificate(name: string): boolean {
  return SHIPPED_CERTIFICATES.includes(name);
}
