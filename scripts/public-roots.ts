import { rootCertificates } from 'node:tls';
import { nameKey } from '../src/engine/fortios/x509/distinguished-name.ts';
import { pemBlocks } from '../src/engine/fortios/x509/pem.ts';
import { readCertificate } from '../src/engine/fortios/x509/read-certificate.ts';

export const ROOTS_FILE = new URL('../src/engine/fortios/x509/public-roots.ts', import.meta.url);

/** Renders the authorities of Mozilla's list in this release of Node; `taken` is a date. */
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
    '/** Source of the list: the authorities of Mozilla, as this release of Node has them in `tls.rootCertificates`. */',
    `export const PUBLIC_ROOTS_SOURCE = { node: '${process.version}', taken: '${taken}' };`,
    '',
    '/** For each authority: its key identifier (`-` if it has none), its last day, and its name in the form of `nameKey`. */',
    'export const PUBLIC_ROOTS: readonly string[] = [',
    ...roots.toSorted().map((root) => `  ${quoteText(root)},`),
    '];',
    '',
  ].join('\n');
}

function quoteText(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
