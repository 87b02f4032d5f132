import type { Quote, Section } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import { type ListedCertificate, parseCertificateDetails } from '../../fortios/output/certificate-details.ts';
import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import type { Certificate } from '../../fortios/x509/certificate.ts';
import { calledName, nameKey } from '../../fortios/x509/distinguished-name.ts';
import { type ConfigView, entriesOf, type PlacedEntry } from '../config/config-view.ts';
import { quoteAt } from '../config/quote-output.ts';
import { agree, type Claim, latestPerSource, notSeen } from '../config/reading.ts';
import { nameOrigins } from '../device/several-devices.ts';
import { type Fact, known, type Unknown, unknown } from '../fact.ts';
import { FACTS } from '../facts.ts';
import type { PushService } from '../values.ts';
import type { PushCertificate, ShownCertificate } from './push-certificate-values.ts';
import { type TextCertificate, textCertificates } from './text-certificates.ts';

/** In `config global` of a device with VDOMs, the tables have no `vpn` prefix. */
const LOCAL = ['vpn certificate local', 'certificate local'];
const AUTHORITIES = ['vpn certificate ca', 'certificate ca'];
const REMOTES = ['vpn certificate remote', 'certificate remote'];
const LISTING = /^get (?:vpn )?certificate (local|ca) details(?: |$)/;
const AUTHORITY_COMMAND = /^(?:show|get) (?:vpn )?certificate ca(?: |$)/;
/** Longer than any chain on the Internet. */
const MAX_CHAIN = 8;

type Table = keyof typeof PATHS;

const PATHS = { local: LOCAL, ca: AUTHORITIES, remote: REMOTES } as const;
/** The setting that holds the text of a certificate. */
const TEXTS: Readonly<Record<Table, string>> = { local: 'certificate', ca: 'ca', remote: 'remote' };

const UNREADABLE: TextCertificate = { bytes: undefined, read: () => undefined };

/** A certificate in the evidence that is decoded on demand: decoding takes milliseconds, and most are not needed. */
interface Candidate {
  readonly name: string;
  readonly source: string;
  readonly quotes: readonly Quote[];
  /** Whether its subject may contain this text. */
  readonly mayName: (text: string) => boolean;
  /** Undefined if it cannot be decoded. */
  readonly read: () => ShownCertificate | undefined;
  /** Certificates after it in the same text. */
  readonly rest: readonly Candidate[];
}

/** Reads the certificate named by the push service's `server-cert`, and its issuers. */
export function readPushCertificate(view: ConfigView, pushService: Fact<PushService>): Fact<PushCertificate> {
  if (pushService.state !== 'known') return unknown(pushService.reason, FACTS.pushService.commands);
  const cert = pushService.value.serverCert;
  if (!cert?.value) return unknown('the push service names no certificate');
  const name = cert.value;
  if (isShippedCertificate(name)) return known({ name, chain: [] }, cert.quotes);
  const locals = listCandidates('local', view);
  const own = locals.filter((each) => each.name === name);
  if (own.length === 0) return notHeld(name, locals, view.sections);
  const read = own.map((candidate) => ({ candidate, shown: candidate.read() }));
  const claims = read.flatMap(({ candidate, shown }) => (shown ? [toClaim(candidate, shown)] : []));
  const source = own[0]?.source ?? 'the evidence';
  const fact = agree(latestPerSource(claims), `certificate ${name}`, () =>
    unknown(`certificate ${name} cannot be read from ${source}`, FACTS.pushCertificate.commands),
  );
  if (fact.state !== 'known') return fact;
  // The decoded certificate holds more than FortiOS's listing of it.
  const fullest =
    read.findLast(({ shown }) => shown?.certificate.alternatives) ?? read.findLast(({ shown }) => shown);
  if (!fullest?.shown) return notSeen('pushCertificate', view.sections);
  const signers = [...fullest.candidate.rest, ...listCandidates('ca', view), ...locals];
  const chain = buildChain(fullest.shown.certificate, signers);
  const partial = unreadAuthorities(view);
  return {
    ...known({ name, certificate: fullest.shown, chain }, fullest.candidate.quotes),
    partial,
  };
}

/** The certificate of this name in a table, as the last text of the evidence shows it. */
export function readNamedCertificate(
  table: Table,
  name: string,
  view: ConfigView,
): ShownCertificate | undefined {
  return listCandidates(table, view)
    .filter((each) => each.name === name)
    .map((each) => each.read())
    .findLast((shown) => shown !== undefined);
}

function notHeld(name: string, locals: readonly Candidate[], sections: readonly Section[]): Unknown {
  const other = locals[0]?.source;
  return other === undefined
    ? notSeen('pushCertificate', sections)
    : unknown(`${other} does not contain certificate ${name}`, FACTS.pushCertificate.commands);
}

/** Why the device may have authorities that the evidence does not hold. */
function unreadAuthorities(view: ConfigView): string | undefined {
  const failed = view.sections.find(
    ({ command, failure }) => failure && AUTHORITY_COMMAND.test(command ?? ''),
  );
  if (failed?.failure) return failed.failure.reason;
  const cut = AUTHORITIES.flatMap((path) => view.blocks(path)).find(
    ({ block }) => !block.closed || block.abridged,
  );
  return cut && `${cut.source} does not contain all of \`${cut.block.path}\``;
}

/** Two sources agree on a certificate if names and dates match; one of them may lack the rest. */
function toClaim({ source, quotes }: Candidate, { certificate }: ShownCertificate): Claim<unknown> {
  const { subject, issuer, notBefore, notAfter } = certificate;
  return { source, quotes, value: [nameKey(subject), nameKey(issuer), notBefore, notAfter] };
}

function listCandidates(table: Table, view: ConfigView): readonly Candidate[] {
  const originOf = nameOrigins(view.sections);
  const configured = PATHS[table]
    .flatMap((path) => [...entriesOf(view, path)])
    .flatMap((placed) => fromEntry(placed, table));
  const listed = view.sections
    .filter(({ command, failure }) => !failure && LISTING.exec(command ?? '')?.[1] === table)
    .flatMap((section) =>
      parseCertificateDetails(section.lines).map((each) => fromListing(each, section, originOf(section))),
    );
  return [...configured, ...listed];
}

/** Returns the certificates in `set certificate "…"` or `set ca "…"`. */
function fromEntry(placed: PlacedEntry, table: Table): readonly Candidate[] {
  const { entry, source } = placed;
  const found = setting(entry, TEXTS[table]);
  const quotes = [placed.quote(entry), ...(found ? [placed.quote(found)] : [])];
  const certificates = textCertificates(found?.values.join('\n') ?? '');
  const [first, ...others] = (certificates.length > 0 ? certificates : [UNREADABLE]).map(
    ({ bytes, read }): Candidate => ({
      name: entry.key,
      source,
      quotes,
      mayName: (text) => bytes !== undefined && containsText(bytes, text),
      read: () => {
        const certificate = read();
        return (
          certificate && {
            name: entry.key,
            certificate,
            quotes: { subject: quotes, issuer: quotes, notBefore: quotes, notAfter: quotes },
          }
        );
      },
      rest: [],
    }),
  );
  if (!first) return [];
  return table === 'local' ? [{ ...first, rest: others }] : [first, ...others];
}

function fromListing(listed: ListedCertificate, section: Section, source: string): Candidate {
  const quotesAt = (index: number) => [quoteAt(section, index)];
  const { name, certificate, lines, index } = listed;
  const quotes = {
    subject: quotesAt(lines.subject ?? index),
    issuer: quotesAt(lines.issuer ?? index),
    notBefore: quotesAt(lines.notBefore ?? index),
    notAfter: quotesAt(lines.notAfter ?? index),
  };
  return {
    name,
    source,
    quotes: quotesAt(index),
    mayName: () => true,
    read: () => certificate && { name, certificate, quotes },
    rest: [],
  };
}

/** Strings are stored verbatim in a certificate's bytes, except rare two-byte encodings. */
function containsText(bytes: Uint8Array, text: string): boolean {
  const wanted = new TextEncoder().encode(text);
  for (let at = bytes.indexOf(wanted[0] ?? 0); at !== -1; at = bytes.indexOf(wanted[0] ?? 0, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

/** Returns the issuers from the one that signed `leaf` upwards, up to an unknown or self-signed one. */
function buildChain(leaf: Certificate, signers: readonly Candidate[]): readonly ShownCertificate[] {
  const chain: ShownCertificate[] = [];
  let current = leaf;
  while (chain.length < MAX_CHAIN && !isSelfSigned(current)) {
    const issuer = calledName(current.issuer);
    const signer = signers
      .filter((each) => each.mayName(issuer))
      .map((each) => each.read())
      .find((shown) => shown !== undefined && hasSigned(shown.certificate, current));
    if (!signer) break;
    chain.push(signer);
    current = signer.certificate;
  }
  return chain;
}

function isSelfSigned({ subject, issuer }: Certificate): boolean {
  return nameKey(subject) === nameKey(issuer);
}

/** Compares names and key identifiers; signatures are not checked, because a device's store is trusted. */
function hasSigned(signer: Certificate, signed: Certificate): boolean {
  if (nameKey(signer.subject) !== nameKey(signed.issuer)) return false;
  return (
    signer.keyId === undefined || signed.issuerKeyId === undefined || signer.keyId === signed.issuerKeyId
  );
}
