import { rootCertificates } from 'node:tls';
import { nameKey } from '../../src/fortios/x509/distinguished-name.ts';
import { pemBlocks } from '../../src/fortios/x509/pem.ts';
import { readCertificate } from '../../src/fortios/x509/read-certificate.ts';

export const ROOTS_FILE = new URL('../../src/fortios/x509/public-roots.ts', import.meta.url);

/** The authorities of Mozilla's list as this Node ships it; `taken` is a date. */
export function renderPublicRoots(taken: string): string {
  const roots = rootCertificates.map((pem) => {
    const [block] = pemBlocks(pem);
    const certificate = block?.bytes && readCertificate(block.bytes);
    if (!certificate) throw new Error(`A root certificate of this Node cannot be read:\n${pem}`);
    const until = new Date(certificate.notAfter).toISOString().slice(0, 10);
    return `${certificate.keyId ?? '-'} ${until} ${nameKey(certificate.subject)}`;
  });
  return [
    '// Written by `npm run roots`; do not change it by hand.',
    '',
    '/** Where the list comes from: the authorities of Mozilla, as this release of Node has them in `tls.rootCertificates`. */',
    `export const PUBLIC_ROOTS_SOURCE = { node: '${process.version}', taken: '${taken}' };`,
    '',
    '/** Of each authority: the identifier of its key (`-` where it has none), its last day, and its name as `nameKey` spells it. */',
    'export const PUBLIC_ROOTS: readonly string[] = [',
    ...roots.toSorted().map((root) => `  ${quoted(root)},`),
    '];',
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
