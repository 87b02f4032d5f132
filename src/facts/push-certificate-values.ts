import type { Quote } from '../evidence/types.ts';
import type { Certificate } from '../fortios/x509/certificate.ts';

/** The certificate that the push service shows to phones. */
export interface PushCertificate {
  /** As `server-cert` names it. */
  readonly name: string;
  /** Absent where FortiOS ships it: then its name says all. */
  readonly certificate?: ShownCertificate;
  /** From the one who signed it upwards, as far as the evidence holds them. */
  readonly chain: readonly ShownCertificate[];
}

/** A certificate of the evidence, with the lines that say what. */
export interface ShownCertificate {
  /** FortiOS's name for it. */
  readonly name: string;
  readonly certificate: Certificate;
  readonly quotes: Readonly<Record<'subject' | 'issuer' | 'notBefore' | 'notAfter', readonly Quote[]>>;
}
