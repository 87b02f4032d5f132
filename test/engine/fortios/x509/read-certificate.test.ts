import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, parseDistinguishedName } from '../../../../src/engine/fortios/x509/distinguished-name.ts';
import { pemBlocks } from '../../../../src/engine/fortios/x509/pem.ts';
import { readCertificate } from '../../../../src/engine/fortios/x509/read-certificate.ts';
import { testCertificate } from '../../../fixtures/certificates/test-certificate.ts';

function read(pem: string) {
  const [block] = pemBlocks(pem);
  return block?.bytes && readCertificate(block.bytes);
}

describe('a certificate', () => {
  it('says who, by whom, from when until when, and for which names', () => {
    expect(read(testCertificate('public-leaf'))).toMatchObject({
      subject: { parts: [{ type: 'CN', value: 'push.example.com' }] },
      issuer: {
        parts: [
          { type: 'C', value: 'US' },
          { type: 'O', value: "Let's Encrypt" },
          { type: 'CN', value: 'E90' },
        ],
      },
      notBefore: Date.UTC(2025, 10, 1),
      notAfter: Date.UTC(2026, 10, 30),
      alternatives: { names: ['push.example.com'], addresses: [] },
      isAuthority: false,
      policies: ['2.23.140.1.2.1'],
    });
    expect(read(testCertificate('public-address'))?.alternatives).toEqual({
      names: [],
      addresses: ['198.51.100.10', '2001:db8::10'],
    });
    expect(read(testCertificate('public-root'))).toMatchObject({
      isAuthority: true,
      keyId: '79b459e67bb6e5e40173800888c81a58f6e99b6e',
      alternatives: { names: [], addresses: [] },
      policies: [],
    });
  });

  it('reads as another implementation reads it', () => {
    for (const pem of rootCertificates) {
      const ours = read(pem);
      const theirs = new X509Certificate(pem);
      expect(BigInt(`0x${ours?.serial}`)).toBe(BigInt(`0x${theirs.serialNumber}`));
      expect([ours?.notBefore, ours?.notAfter]).toEqual([
        Date.parse(theirs.validFrom),
        Date.parse(theirs.validTo),
      ]);
      expect(ours?.isAuthority).toBe(theirs.ca);
      expect(ours?.subject.parts.length).toBe(theirs.subject.split('\n').length);
    }
  });

  it('survives its way through tickets and JSON', () => {
    const pem = testCertificate('public-leaf');
    const whole = read(pem);
    for (const text of [
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('\n', '\n    '),
      pem.replaceAll('\n', '\\n'),
      pem.replaceAll('-----', '----'),
    ]) {
      expect(read(text)).toEqual(whole);
    }
  });

  it('is none where its text is damaged, and never an error', () => {
    const pem = testCertificate('public-leaf');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(pem.length - 1), fc.constantFrom('', '\n', 'A', '/', '=', '-', ' ', 'é'))),
        fc.nat(pem.length),
        (changes, cut) => {
          const characters = pem.split('');
          for (const [at, put] of changes) characters[at] = put;
          expect(() =>
            pemBlocks(characters.join('')).map(({ bytes }) => bytes && readCertificate(bytes)),
          ).not.toThrow();
          expect(() => read(pem.slice(0, cut))).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is none of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readCertificate(new Uint8Array(bytes))).toBeUndefined();
      }),
    );
  });
});

describe('a name', () => {
  it.each([
    ['C = US, O = "Tannery, Ltd", CN = a.example', 'c=us / cn=a.example / o=tannery, ltd'],
    ['CN=a.example, O=Tannery\\, Ltd, C=US', 'c=us / cn=a.example / o=tannery, ltd'],
    ['/C=US/O=Tannery, Ltd/CN=a.example', 'c=us / cn=a.example / o=tannery, ltd'],
    ['O = Tannery, Ltd, CN = a.example, C = US', 'c=us / cn=a.example / o=tannery, ltd'],
    ['CN = M\\C3\\BCller + serialNumber = 7', 'cn=müller / serialnumber=7'],
    ['CN=a.example,emailAddress=a@example.com', 'cn=a.example / emailaddress=a@example.com'],
  ])('%s', (text, key) => {
    const name = parseDistinguishedName(text);
    expect(name && nameKey(name)).toBe(key);
  });

  it.each(['', 'nothing', ' , , '])('is not `%s`', (text) => {
    expect(parseDistinguishedName(text)).toBeUndefined();
  });
});
