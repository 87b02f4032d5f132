import {
  Boolean as Asn1Boolean,
  Set as Asn1Set,
  BaseStringBlock,
  BitString,
  Constructed,
  fromBER,
  Integer,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  UTCTime,
} from 'asn1js';
import type { Certificate } from './certificate.ts';
import { type DistinguishedName, shortName } from './distinguished-name.ts';

/** Any element of ASN.1. */
type Element = ReturnType<typeof fromBER>['result'];

const SUBJECT_ALT_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const SUBJECT_KEY_ID = '2.5.29.14';
const AUTHORITY_KEY_ID = '2.5.29.35';
const POLICIES = '2.5.29.32';

/** Class of a tag that has a meaning only in its place (`[0]`), in `asn1js`. */
const CONTEXT = 3;
const EXTENSIONS = 3;
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** Parses a certificate (RFC 5280, 4.1) without checking its signature. Undefined if the bytes are not a certificate. */
export function readCertificate(bytes: Uint8Array<ArrayBuffer>): Certificate | undefined {
  try {
    const [body, algorithm, signature] = readElements(parseElement(bytes), Sequence);
    return algorithm instanceof Sequence && signature instanceof BitString ? toCertificate(body) : undefined;
  } catch {
    return undefined;
  }
}

function toCertificate(body: Element | undefined): Certificate | undefined {
  const fields = readElements(body, Sequence);
  const [serial, , issuer, validity, subject, key] = getTag(fields[0]) === 0 ? fields.slice(1) : fields;
  const [notBefore = Number.NaN, notAfter = Number.NaN] = readElements(validity, Sequence).map(readTime);
  if (!(serial instanceof Integer && key instanceof Sequence)) return undefined;
  if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
  const extension = indexExtensions(fields.find((field) => getTag(field) === EXTENSIONS));
  const alternatives = readChildren(extension(SUBJECT_ALT_NAME));
  const tagged = (tag: number) => alternatives.filter((each) => getTag(each) === tag).map(getContent);
  const keyId = extension(SUBJECT_KEY_ID);
  const issuerKeyId = readChildren(extension(AUTHORITY_KEY_ID)).find((each) => getTag(each) === 0);
  return {
    subject: readName(subject),
    issuer: readName(issuer),
    notBefore,
    notAfter,
    alternatives: {
      names: tagged(DNS_NAME).map((content) => String.fromCharCode(...content)),
      addresses: tagged(IP_ADDRESS).flatMap((content) => readAddress(content) ?? []),
    },
    isAuthority: isTrue(readChildren(extension(BASIC_CONSTRAINTS))[0]),
    policies: readChildren(extension(POLICIES)).map((policy) =>
      readIdentifier(readElements(policy, Sequence)[0]),
    ),
    serial: hex(serial.valueBlock.valueHexView).replace(/^(?:00)+(?=.)/, ''),
    keyId: keyId && hex(getContent(keyId)),
    issuerKeyId: issuerKeyId && hex(getContent(issuerKeyId)),
  };
}

/** Returns what reads the content of the extension with an object identifier. */
function indexExtensions(field: Element | undefined): (id: string) => Element | undefined {
  const list = readChildren(field).flatMap((extensions) => readElements(extensions, Sequence));
  const known = list.map((extension) => readElements(extension, Sequence));
  return (id) => {
    const found = known.find(([name]) => readIdentifier(name) === id);
    return found && parseElement(getContent(found.at(-1)));
  };
}

function readName(name: Element | undefined): DistinguishedName {
  const parts = readElements(name, Sequence).flatMap((set) =>
    readElements(set, Asn1Set).map((part) => {
      const [type, value] = readElements(part, Sequence);
      return { type: shortName(readIdentifier(type)), value: readText(value) };
    }),
  );
  return { parts };
}

function readTime(time: Element): number {
  return time instanceof UTCTime ? time.toDate().getTime() : Number.NaN;
}

/** False is the default, and is left out. */
function isTrue(element: Element | undefined): boolean {
  if (element === undefined) return false;
  return element instanceof Asn1Boolean ? element.getValue() : throwMalformed();
}

function readIdentifier(element: Element | undefined): string {
  return element instanceof ObjectIdentifier ? element.getValue() : throwMalformed();
}

function readText(value: Element | undefined): string {
  if (value instanceof BaseStringBlock) return value.getValue();
  return value ? hex(value.valueBeforeDecodeView) : throwMalformed();
}

/** Undefined unless it is one IPv4 or IPv6 address. */
function readAddress(content: Uint8Array): string | undefined {
  if (content.length === 4) return content.join('.');
  if (content.length !== 16) return undefined;
  const groups = hex(content).match(/.{4}/g) ?? [];
  // A URL shortens it as RFC 5952 says.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function getTag(element: Element | undefined): number | undefined {
  return element?.idBlock.tagClass === CONTEXT ? element.idBlock.tagNumber : undefined;
}

function getContent(element: Element | undefined): Uint8Array<ArrayBuffer> {
  if (!(element instanceof OctetString || element instanceof Primitive)) return throwMalformed();
  return new Uint8Array(element.valueBlock.valueHexView);
}

function readElements(
  element: Element | undefined,
  type: typeof Sequence | typeof Asn1Set,
): readonly Element[] {
  return element instanceof type ? readChildren(element) : throwMalformed();
}

function readChildren(element: Element | undefined): readonly Element[] {
  if (element === undefined) return [];
  return element instanceof Constructed ? element.valueBlock.value : throwMalformed();
}

function parseElement(bytes: Uint8Array<ArrayBuffer>): Element {
  const { result, offset } = fromBER(bytes);
  return offset === -1 ? throwMalformed() : result;
}

function throwMalformed(): never {
  throw new TypeError('This is no certificate.');
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
