import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  type Name,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  Certificate as X509,
} from '@peculiar/asn1-x509';
import type { Certificate } from './certificate.ts';
import { type DistinguishedName, shortName } from './distinguished-name.ts';

const SUBJECT_ALT_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const SUBJECT_KEY_ID = '2.5.29.14';
const AUTHORITY_KEY_ID = '2.5.29.35';
const POLICIES = '2.5.29.32';

/** Parses a certificate (RFC 5280) without checking its signature. Undefined if the bytes are not a certificate. */
export function readCertificate(bytes: Uint8Array<ArrayBuffer>): Certificate | undefined {
  try {
    return certificateOf(AsnConvert.parse(bytes, X509));
  } catch {
    return undefined;
  }
}

function certificateOf({ tbsCertificate: body }: X509): Certificate | undefined {
  const notBefore = body.validity.notBefore.getTime().getTime();
  const notAfter = body.validity.notAfter.getTime().getTime();
  if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
  const extension = <T>(id: string, type: new () => T): T | undefined => {
    const found = body.extensions?.find(({ extnID }) => extnID === id);
    return found && AsnConvert.parse(found.extnValue, type);
  };
  const alternatives = extension(SUBJECT_ALT_NAME, SubjectAlternativeName) ?? [];
  const keyId = extension(SUBJECT_KEY_ID, SubjectKeyIdentifier)?.buffer;
  const issuerKeyId = extension(AUTHORITY_KEY_ID, AuthorityKeyIdentifier)?.keyIdentifier?.buffer;
  return {
    subject: nameOf(body.subject),
    issuer: nameOf(body.issuer),
    notBefore,
    notAfter,
    alternatives: {
      names: alternatives.flatMap(({ dNSName }) => dNSName ?? []),
      addresses: alternatives.flatMap(({ iPAddress }) => iPAddress ?? []),
    },
    isAuthority: extension(BASIC_CONSTRAINTS, BasicConstraints)?.cA ?? false,
    policies: (extension(POLICIES, CertificatePolicies) ?? []).map((policy) => policy.policyIdentifier),
    serial: hex(body.serialNumber).replace(/^(?:00)+(?=.)/, ''),
    ...(keyId ? { keyId: hex(keyId) } : {}),
    ...(issuerKeyId ? { issuerKeyId: hex(issuerKeyId) } : {}),
  };
}

function nameOf(name: Name): DistinguishedName {
  const parts = name.flatMap((set) =>
    set.map(({ type, value }) => ({ type: shortName(type), value: value.toString() })),
  );
  return { parts };
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
