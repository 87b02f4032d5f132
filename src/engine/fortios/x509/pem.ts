const BLOCK = /-{4,5} ?BEGIN ([A-Z0-9 ]{1,40}?) ?-{4,5}([^-]{0,200000})-{4,5} ?END \1 ?-{4,5}/g;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

interface PemBlock {
  /** `CERTIFICATE`. */
  readonly label: string;
  /** Undefined if the body is not base64. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** The PEM blocks of a text (RFC 7468), in order. A block without its end line is ignored. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return Array.from(text.matchAll(BLOCK), ([, label = '', body = '']) => {
    const bytes = decodeBase64(body);
    return { label, bytes };
  });
}

function decodeBase64(body: string): Uint8Array<ArrayBuffer> | undefined {
  const text = body.replaceAll(/\s|\\[nr]/g, '');
  if (!BASE64.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
