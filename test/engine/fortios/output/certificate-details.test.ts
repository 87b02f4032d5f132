import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCertificateDetails } from '../../../../src/engine/fortios/output/certificate-details.ts';
import { calledName } from '../../../../src/engine/fortios/x509/distinguished-name.ts';

const PLAIN = `== [ push-2026 ]
Name:        push-2026
Subject:     CN = push.example.com
Issuer:      C = US, O = Let's Encrypt, CN = R11
Valid from:  2025-11-01 00:00:00  GMT
Valid to:    2026-11-30 00:00:00  GMT
Fingerprint: 5A:0C:9E:31
Serial Num:  04:7f:11
ACME details:
Status: The certificate for the managed domain has been renewed successfully

== [ Fortinet_Factory ]
Name:        Fortinet_Factory
Subject:     C = US, ST = California, L = Sunnyvale, O = Fortinet, OU = FortiGate, CN = FGT60F0000000001
Issuer:      C = US, ST = California, L = Sunnyvale, O = Fortinet, OU = Certificate Authority, CN = support
Valid from:  2016-11-24 22:23:12  GMT
Valid to:    2038-01-19 03:14:07  GMT
`;
const WITH_EXTENSIONS = `    Name:        push-2026
    Subject:     O = Tannery Holding, OU = A department with a very long name,
                 CN = www.example.com
    Issuer:      CN = Tannery Root CA
    Valid from:  Nov  1 00:00:00 2025 GMT
    Valid to:    Nov 30 00:00:00 2026 GMT
    Version:     3
    Extensions:
        Name:     X509v3 Subject Alternative Name
        Critical: no
        Content:  DNS:www.example.com, DNS:push.example.com, IP Address:198.51.100.10
        Name:     X509v3 Basic Constraints
        Content:  CA:FALSE
        Name:     X509v3 Certificate Policies
        Content:  Policy: 2.23.140.1.2.2
    Name:        other
    Subject:     CN = other.example.com`;

describe('`get vpn certificate local details`', () => {
  it('lists certificates, with the lines that say so', () => {
    const [first, second, ...others] = parseCertificateDetails(PLAIN.split('\n'));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      name: 'push-2026',
      index: 0,
      lines: { subject: 2, issuer: 3, notBefore: 4, notAfter: 5 },
      certificate: { notBefore: Date.UTC(2025, 10, 1), notAfter: Date.UTC(2026, 10, 30) },
    });
    // What is not printed is not known.
    expect(first?.certificate).not.toHaveProperty('alternatives');
    expect(first?.certificate && calledName(first.certificate.issuer)).toBe('R11');
    expect(second).toMatchObject({ name: 'Fortinet_Factory', index: 11 });
    expect(second?.certificate?.notAfter).toBe(Date.UTC(2038, 0, 19, 3, 14, 7));
  });

  it('may print extensions, set lines in, and break long ones', () => {
    const [first, second] = parseCertificateDetails(WITH_EXTENSIONS.split('\n'));
    expect(first).toMatchObject({
      name: 'push-2026',
      certificate: {
        notBefore: Date.UTC(2025, 10, 1),
        notAfter: Date.UTC(2026, 10, 30),
        alternatives: { names: ['www.example.com', 'push.example.com'], addresses: ['198.51.100.10'] },
        policies: ['2.23.140.1.2.2'],
        isAuthority: false,
      },
    });
    expect(first?.certificate && calledName(first.certificate.subject)).toBe('www.example.com');
    expect(second).toEqual({ name: 'other', index: 15, lines: { subject: 16 } });
  });

  it('takes any text', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...PLAIN.split('\n'), ...WITH_EXTENSIONS.split('\n'), 'Valid to:', '== [ ]'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(() => parseCertificateDetails(lines)).not.toThrow();
      }),
    );
  });
});
