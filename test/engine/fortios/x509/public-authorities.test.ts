import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOTS_FILE, renderPublicRoots } from '../../../../scripts/public-roots.ts';
import { parseDistinguishedName } from '../../../../src/engine/fortios/x509/distinguished-name.ts';
import { isPublicOrganisation, publicRoot } from '../../../../src/engine/fortios/x509/public-authorities.ts';
import { PUBLIC_ROOTS, PUBLIC_ROOTS_SOURCE } from '../../../../src/engine/fortios/x509/public-roots.ts';

const name = (text: string) => parseDistinguishedName(text) ?? { parts: [] };
const ISRG = name('CN = ISRG Root X1, O = Internet Security Research Group, C = US');

it('the list of public authorities is that of the pinned Node: `npm run roots` writes it', () => {
  expect(PUBLIC_ROOTS.length).toBeGreaterThan(50);
  expect(PUBLIC_ROOTS_SOURCE.node).toBe(process.version);
  expect(readFileSync(ROOTS_FILE, 'utf8')).toBe(renderPublicRoots(PUBLIC_ROOTS_SOURCE.taken));
});

describe('a public authority', () => {
  it('is known by its name, and by its key where that is told', () => {
    expect(publicRoot(ISRG, undefined)).toBeDefined();
    expect(publicRoot(ISRG, '79b459e67bb6e5e40173800888c81a58f6e99b6e')?.until).toBe(
      Date.UTC(2035, 5, 4, 23, 59, 59),
    );
    expect(publicRoot(ISRG, '00'.repeat(20))).toBeUndefined();
    expect(publicRoot(name('CN = ISRG Root X1'), undefined)).toBeUndefined();
  });

  it.each([
    ["O = Let's Encrypt, CN = R11", true],
    ['O = Let’s Encrypt, CN = R11', true],
    ['O = DigiCert Inc, CN = Some Intermediate', true],
    ['O = "GoDaddy.com, Inc.", CN = Some Intermediate', true],
    ['O = Tannery Holding, CN = Tannery Root CA', false],
    ['CN = DigiCert', false],
  ])('signs as an organisation: %s → %s', (text, expected) => {
    expect(isPublicOrganisation(name(text))).toBe(expected);
  });
});
