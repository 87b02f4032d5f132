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
    const [body, algorithm, signature] = elementsOf(parsed(bytes), Sequence);
    return algorithm instanceof Sequence && signature instanceof BitString ? certificateOf(body) : undefined;
  } catch {
    return undefined;
  }
}

function certificateOf(body: Element | undefined): Certificate | undefined {
  const fields = elementsOf(body, Sequence);
  const [serial, , issuer, validity, subject, key] = tagOf(fields[0]) === 0 ? fields.slice(1) : fields;
  const [notBefore = Number.NaN, notAfter = Number.NaN] = elementsOf(validity, Sequence).map(timeOf);
  if (!(serial instanceof Integer && key instanceof Sequence)) return undefined;
  if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
  const extension = extensionsOf(fields.find((field) => tagOf(field) === EXTENSIONS));
  const alternatives = childrenOf(extension(SUBJECT_ALT_NAME));
  const tagged = (tag: number) => alternatives.filter((each) => tagOf(each) === tag).map(contentOf);
  const keyId = extension(SUBJECT_KEY_ID);
  const issuerKeyId = childrenOf(extension(AUTHORITY_KEY_ID)).find((each) => tagOf(each) === 0);
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    notBefore,
    notAfter,
    alternatives: {
      names: tagged(DNS_NAME).map((content) => String.fromCharCode(...content)),
      addresses: tagged(IP_ADDRESS).flatMap((content) => addressOf(content) ?? []),
    },
    isAuthority: isTrue(childrenOf(extension(BASIC_CONSTRAINTS))[0]),
    policies: childrenOf(extension(POLICIES)).map((policy) => identifierOf(elementsOf(policy, Sequence)[0])),
    serial: hex(serial.valueBlock.valueHexView).replace(/^(?:00)+(?=.)/, ''),
    keyId: keyId && hex(contentOf(keyId)),
    issuerKeyId: issuerKeyId && hex(contentOf(issuerKeyId)),
  };
}

/** Returns what reads the content of the extension with an object identifier. */
function extensionsOf(field: Element | undefined): (id: string) => Element | undefined {
  const list = childrenOf(field).flatMap((extensions) => elementsOf(extensions, Sequence));
  const known = list.map((extension) => elementsOf(extension, Sequence));
  return (id) => {
    const found = known.find(([name]) => identifierOf(name) === id);
    return found && parsed(contentOf(found.at(-1)));
  };
}

function nameOf(name: Element | undefined): DistinguishedName {
  const parts = elementsOf(name, Sequence).flatMap((set) =>
    elementsOf(set, Asn1Set).map((part) => {
      const [type, value] = elementsOf(part, Sequence);
      return { type: shortName(identifierOf(type)), value: textOf(value) };
    }),
  );
  return { parts };
}

function timeOf(time: Element): number {
  return time instanceof UTCTime ? time.toDate().getTime() : Number.NaN;
}

/** False is the default, and is left out. */
function isTrue(element: Element | undefined): boolean {
  if (element === undefined) return false;
  return element instanceof Asn1Boolean ? element.getValue() : malformed();
}

function identifierOf(element: Element | undefined): string {
  return element instanceof ObjectIdentifier ? element.getValue() : malformed();
}

function textOf(value: Element | undefined): string {
  if (value instanceof BaseStringBlock) return value.getValue();
  return value ? hex(value.valueBeforeDecodeView) : malformed();
}

/** Undefined unless it is one IPv4 or IPv6 address. */
function addressOf(content: Uint8Array): string | undefined {
  if (content.length === 4) return content.join('.');
  if (content.length !== 16) return undefined;
  const groups = hex(content).match(/.{4}/g) ?? [];
  // A URL shortens it as RFC 5952 says.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function tagOf(element: Element | undefined): number | undefined {
  return element?.idBlock.tagClass === CONTEXT ? element.idBlock.tagNumber : undefined;
}

function contentOf(element: Element | undefined): Uint8Array<ArrayBuffer> {
  if (!(element instanceof OctetString || element instanceof Primitive)) return malformed();
  return new Uint8Array(element.valueBlock.valueHexView);
}

function elementsOf(
  element: Element | undefined,
  type: typeof Sequence | typeof Asn1Set,
): readonly Element[] {
  return element instanceof type ? childrenOf(element) : malformed();
}

function childrenOf(element: Element | undefined): readonly Element[] {
  if (element === undefined) return [];
  return element instanceof Constructed ? element.valueBlock.value : malformed();
}

function parsed(bytes: Uint8Array<ArrayBuffer>): Element {
  const { result, offset } = fromBER(bytes);
  return offset === -1 ? malformed() : result;
}

function malformed(): never {
  throw new TypeError('This is no certificate.');
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
