import type { Quote } from '../../evidence/types.ts';
import type { Certificate } from '../../fortios/x509/certificate.ts';

/** The certificate that the push service presents to phones. */
export interface PushCertificate {
  /** The name in `server-cert`. */
  readonly name: string;
  /** Absent for a built-in certificate, which the name identifies. */
  readonly certificate?: ShownCertificate;
  /** Its issuers from the direct one upwards, as far as the evidence holds them. */
  readonly chain: readonly ShownCertificate[];
}

/** A certificate in the evidence, with its lines. */
export interface ShownCertificate {
  /** FortiOS's name for it. */
  readonly name: string;
  readonly certificate: Certificate;
  readonly quotes: Readonly<Record<'subject' | 'issuer' | 'notBefore' | 'notAfter', readonly Quote[]>>;
}
