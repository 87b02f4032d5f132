/**
 * Certificates that FortiOS ships as default of the push service, depending on the version. The app accepts
 * them, although no public authority signed them and they contain no address.
 */
export const SHIPPED_CERTIFICATES: readonly string[] = ['Fortinet_Factory', 'Fortinet_GUI_Server'];

export function isShippedCertificate(name: string): boolean {
  return SHIPPED_CERTIFICATES.includes(name);
}
