import type { Quote } from '../../evidence/types.ts';
import type { ShownCertificate } from '../../facts/push/push-certificate-values.ts';
import type { Certificate } from '../../fortios/x509/certificate.ts';
import { calledName, nameKey } from '../../fortios/x509/distinguished-name.ts';
import { isPublicOrganisation, publicRoot } from '../../fortios/x509/public-authorities.ts';

export type SignerTrust =
  | { readonly kind: 'public'; readonly authority: string; readonly until: number }
  | {
      readonly kind: 'private';
      /** Continues “is”: `self-signed`, `signed by Example CA`. */
      readonly how: string;
      readonly why: string;
      readonly quotes: readonly Quote[];
    }
  /** `isPublic`: the signer appears to be a public authority. */
  | { readonly kind: 'unknown'; readonly issuer: string; readonly isPublic: boolean };

/** Every certificate that public authorities signed since 2020 names one of these (CA/Browser Forum, 7.1.6.4). */
const PUBLIC_POLICY = /^2\.23\.140\.1\./;
/**
 * From this date public authorities sign for at most `MAX_PUBLIC_VALIDITY_MS` (CA/Browser Forum, ballot 193 and
 * Apple's rule).
 */
const SHORTER_SINCE = Date.UTC(2020, 8, 1);
const MAX_PUBLIC_VALIDITY_MS = 399 * 86_400_000;

/** Signer of a certificate: an authority that phones trust, one that they do not trust, or unknown. */
export function trustOf(leaf: ShownCertificate, chain: readonly ShownCertificate[]): SignerTrust {
  const top = chain.at(-1) ?? leaf;
  const { subject, issuer, issuerKeyId, keyId } = top.certificate;
  const isSelfSigned = nameKey(subject) === nameKey(issuer);
  const root = publicRoot(issuer, isSelfSigned ? keyId : issuerKeyId);
  if (root) return { kind: 'public', authority: calledName(issuer), until: root.until };
  const signer = calledName(leaf.certificate.issuer);
  const looksPublic = isPublicOrganisation(issuer) || hasPublicPolicy(leaf.certificate);
  if (looksPublic) return { kind: 'unknown', issuer: calledName(issuer), isPublic: true };
  if (!isSelfSigned) return withoutSigner(leaf, top);
  return {
    kind: 'private',
    how: top === leaf ? 'self-signed' : `signed by ${signer}`,
    why:
      top === leaf
        ? 'No CA signed it.'
        : `Its chain ends at ${calledName(subject)}, which is not a public CA that phones trust.`,
    quotes: [...leaf.quotes.issuer, ...(top === leaf ? [] : top.quotes.subject)],
  };
}

/** The signer of `top` is not in the evidence, and its name is not a known public authority. */
function withoutSigner(leaf: ShownCertificate, top: ShownCertificate): SignerTrust {
  const issuer = calledName(top.certificate.issuer);
  const tooLong = isTooLong(leaf.certificate);
  if (!tooLong && !lacksPublicPolicy(leaf.certificate)) return { kind: 'unknown', issuer, isPublic: false };
  return {
    kind: 'private',
    how: `signed by ${calledName(leaf.certificate.issuer)}`,
    why: `${issuer} is not a known public CA, and ${
      tooLong
        ? 'public CAs do not sign certificates for such a long time'
        : 'certificates of public CAs name a policy, which is missing here'
    }.`,
    quotes: tooLong ? [...leaf.quotes.issuer, ...leaf.quotes.notAfter] : leaf.quotes.issuer,
  };
}

function hasPublicPolicy({ policies = [] }: Certificate): boolean {
  return policies.some((policy) => PUBLIC_POLICY.test(policy));
}

function lacksPublicPolicy(certificate: Certificate): boolean {
  return certificate.policies !== undefined && !hasPublicPolicy(certificate);
}

function isTooLong({ notBefore, notAfter }: Certificate): boolean {
  return notBefore >= SHORTER_SINCE && notAfter - notBefore > MAX_PUBLIC_VALIDITY_MS;
}
