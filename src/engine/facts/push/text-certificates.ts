import type { Certificate } from '../../fortios/x509/certificate.ts';
import { pemBlocks } from '../../fortios/x509/pem.ts';
import { readCertificate } from '../../fortios/x509/read-certificate.ts';
import { createTextMemory } from '../../redact/text-memory.ts';

/** A certificate in PEM, as it stands in a text. */
export interface TextCertificate {
  /** Undefined if the text is not base64. */
  readonly bytes: Uint8Array | undefined;
  /** Undefined if the bytes cannot be decoded. */
  readonly read: () => Certificate | undefined;
}

const known = createTextMemory<readonly TextCertificate[]>();

/**
 * The certificates of a text, in order, decoded on demand and once: the devices of a fleet share most of them, and a third
 * of the time for the facts of a backup was spent on them.
 */
export function textCertificates(text: string): readonly TextCertificate[] {
  const before = known.get(text);
  if (before) return before;
  const certificates = pemBlocks(text)
    .filter(({ label }) => label.endsWith('CERTIFICATE'))
    .map(({ bytes }) => ({ bytes, read: once(() => bytes && readCertificate(bytes)) }));
  known.set(text, certificates);
  return certificates;
}

function once<T>(read: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: read() };
    return found.value;
  };
}
