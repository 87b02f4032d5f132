/** The name of a subject or an issuer: `C = US, O = Example Ltd, CN = vpn.example.com`. */
export interface DistinguishedName {
  /** In the order of the certificate. Types are short names (`CN`) if one exists, else object identifiers. */
  readonly parts: readonly { readonly type: string; readonly value: string }[];
}

/** RFC 4519 and the names that OpenSSL prints, which FortiOS uses. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
};

const BETWEEN = /(?:,|\s\+)\s*(?=[A-Za-z0-9][\w.]{0,40}\s*=)/;
const BETWEEN_SLASHES = /\/(?=[A-Za-z0-9][\w.]{0,40}=)/;
const PART = /^\s*([A-Za-z0-9][\w.]{0,40})\s*=\s*(.*)$/s;

export function shortName(oid: string): string {
  return SHORT_NAMES[oid] ?? oid;
}

/** Parses a name as OpenSSL prints it, with commas or slashes. Undefined if no part can be read. */
export function parseDistinguishedName(text: string): DistinguishedName | undefined {
  const pieces = text.trim().startsWith('/') ? text.trim().split(BETWEEN_SLASHES) : text.split(BETWEEN);
  const parts = pieces.flatMap((piece) => {
    const [, type, value] = PART.exec(piece) ?? [];
    return type === undefined || value === undefined ? [] : [{ type, value: plain(value) }];
  });
  return parts.length > 0 ? { parts } : undefined;
}

/** Removes the quotes and escapes of OpenSSL: `"Example, Ltd"`, `Example\, Ltd`, `M\C3\BCller`. */
function plain(value: string): string {
  const text = value.trim().replace(/^"(.*)"$/s, '$1');
  const bytes = text.replaceAll(/(?:\\[0-9A-F]{2})+/g, (run) => {
    const codes = run.split('\\').slice(1);
    return new TextDecoder().decode(Uint8Array.from(codes, (code) => Number.parseInt(code, 16)));
  });
  return bytes.replaceAll(/\\(.)/g, '$1');
}

/** The same for all spellings of one name. */
export function nameKey({ parts }: DistinguishedName): string {
  return parts
    .map(({ type, value }) => `${type.toLowerCase()}=${value.toLowerCase().replaceAll(/\s+/g, ' ').trim()}`)
    .toSorted()
    .join(' / ');
}

export function getPart(name: DistinguishedName, type: string): string | undefined {
  return name.parts.findLast((part) => part.type.toLowerCase() === type.toLowerCase())?.value;
}

/** Name for people: the common name, else the organisation. */
export function calledName(name: DistinguishedName): string {
  return (
    getPart(name, 'CN') ?? getPart(name, 'O') ?? getPart(name, 'OU') ?? name.parts[0]?.value ?? 'no name'
  );
}

/** The same of a text that may be a bare name: `pc-linnet` of `CN = pc-linnet, O = Heron` and of `pc-linnet`. */
export function findCommonName(text: string): string {
  const name = parseDistinguishedName(text);
  return name ? calledName(name) : text;
}
