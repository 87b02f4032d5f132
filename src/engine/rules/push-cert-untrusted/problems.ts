import type { Quote } from '../../evidence/types.ts';
import type { ShownCertificate } from '../../facts/push/push-certificate-values.ts';
import { isIpAddress, sameAddress } from '../../fortios/address.ts';
import type { Certificate } from '../../fortios/x509/certificate.ts';
import { calledName, getPart, nameKey } from '../../fortios/x509/distinguished-name.ts';
import { isPublicOrganisation, publicRoot } from '../../fortios/x509/public-authorities.ts';
import type { Confidence, ReadingTime } from '../rule.ts';

/** A reason why phones reject a certificate. */
export interface Problem {
  readonly kind: 'time' | 'authority' | 'name';
  readonly confidence: Confidence;
  readonly title: string;
  /** The problem in a sentence, for a problem that the title does not name. */
  readonly sentence: string;
  /** What the title does not say. */
  readonly detail?: string;
  readonly quotes: readonly Quote[];
  /** An alternative fix in one sentence. */
  readonly hint?: string;
}

/** Result of checking a certificate. */
export interface Assessment {
  /** The most decisive first. */
  readonly problems: readonly Problem[];
  /** What could not be determined; `tolerable` if no readable evidence would show it. */
  readonly open: readonly { readonly what: string; readonly tolerable?: true }[];
  /** The issuer and the expiry. */
  readonly summary: string;
}

/** A device does not print its time zone: its clock may differ from UTC by this much. */
const MAX_ZONE_OFFSET_MS = 14 * 3_600_000;

/**
 * Checks a certificate against the time of the reading, the address that the phone calls, and the public authorities.
 */
export function assess(
  push: CertificateChain,
  addresses: readonly string[] | undefined,
  readAt: ReadingTime | undefined,
): Assessment {
  const trust = judgeTrust(push.certificate, push.chain);
  const parts = [
    ...[push.certificate, ...push.chain].map((shown) =>
      validity(push.name, shown, shown !== push.certificate, readAt),
    ),
    authority(push, trust),
    names(push, addresses),
  ];
  return {
    problems: parts.flatMap(({ problem }) => problem ?? []),
    open: [...new Map(parts.flatMap(({ open }) => (open ? [[open.what, open]] : []))).values()],
    summary: `valid until ${day(push.certificate.certificate.notAfter)}${
      trust.kind === 'public' ? `, signed by a public CA (${trust.authority})` : ''
    }`,
  };
}

/** A certificate and its signers. */
interface CertificateChain {
  readonly name: string;
  readonly certificate: ShownCertificate;
  readonly chain: readonly ShownCertificate[];
}

interface Part {
  readonly problem?: Problem;
  readonly open?: Assessment['open'][number];
}

function validity(
  name: string,
  { certificate, quotes }: ShownCertificate,
  isSigner: boolean,
  readAt: ReadingTime | undefined,
): Part {
  const { notBefore, notAfter } = certificate;
  const what = isSigner
    ? `The certificate of ${calledName(certificate.subject)}, which signed ${name},`
    : `Certificate ${name}`;
  if (!readAt)
    return {
      open: {
        what: 'the date of the evidence is not known, so neither is whether the certificate has expired',
      },
    };
  const margin = readAt.clock === 'device' ? MAX_ZONE_OFFSET_MS : 0;
  if (readAt.ms - margin > notAfter) {
    return {
      problem: {
        kind: 'time',
        confidence: 'likely',
        title: `${what} expired on ${day(notAfter)}`,
        sentence: `${what} was valid until ${day(notAfter)}.`,
        quotes: quotes.notAfter,
      },
    };
  }
  if (readAt.ms + margin < notBefore) {
    const byClock = readAt.clock === 'device';
    const clocks = `FortiGate’s own clock says ${day(readAt.ms)}, and a phone uses its own clock.`;
    return {
      problem: {
        kind: 'time',
        confidence: byClock ? 'possible' : 'likely',
        title: `${what} is not valid before ${day(notBefore)}`,
        sentence: `${what} is not valid before ${day(notBefore)}${byClock ? `; the ${clocks}` : '.'}`,
        detail: byClock ? `The ${clocks}` : undefined,
        quotes: quotes.notBefore,
      },
    };
  }
  const isBorder = readAt.ms + margin > notAfter || readAt.ms - margin < notBefore;
  return isBorder ? { open: { what: `${what} becomes valid or expires within hours of the check` } } : {};
}

function authority({ name, certificate }: CertificateChain, trust: SignerTrust): Part {
  if (trust.kind === 'public') return {};
  if (trust.kind === 'private') {
    return {
      problem: {
        kind: 'authority',
        confidence: 'likely',
        title: `Certificate ${name} is ${trust.how}, so phones do not trust it`,
        sentence: `Certificate ${name} is ${trust.how}. ${trust.why}`,
        detail: trust.why,
        quotes: trust.quotes,
      },
    };
  }
  const { issuer, isPublic } = trust;
  return {
    open: {
      what: `${name} is signed by ${calledName(certificate.certificate.issuer)}, and the evidence does not contain the certificate of ${issuer}, which would link it to a public CA`,
      tolerable: isPublic ? true : undefined,
    },
  };
}

function names({ name, certificate }: CertificateChain, addresses: readonly string[] | undefined): Part {
  if (!addresses || addresses.length === 0) {
    return {
      open: {
        what: `the address that the phone connects to is not known, so ${name} cannot be compared with it`,
      },
    };
  }
  const [address = ''] = addresses;
  const matches = addresses.map((each) => matchNames(certificate.certificate, each));
  if (matches.some(({ kind }) => kind === 'matches')) return {};
  const open = matches.find((match) => match.kind === 'unknown');
  if (open) {
    return {
      open: {
        what: `${name} is issued for ${listNames(open.names)}; the evidence does not show whether it is also issued for ${address}`,
      },
    };
  }
  const differs = matches.find((match) => match.kind === 'differs');
  const only = differs?.names.length === 1 ? differs.names[0] : undefined;
  const held = differs ? listNames(differs.names) : 'no name';
  return {
    problem: {
      kind: 'name',
      confidence: differs?.sure === false ? 'possible' : 'likely',
      title: `Certificate ${name} is issued for ${held}, not for ${address}`,
      sentence: `Certificate ${name} is issued for ${held}, not for ${address}.`,
      quotes: certificate.quotes.subject,
      ...(isHost(only)
        ? { hint: `If ${only} resolves to this FortiGate, set \`server\` to that name.` }
        : {}),
    },
  };
}

function isHost(name: string | undefined): boolean {
  return name !== undefined && /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}$/i.test(name);
}

const MAX_LISTED = 3;

function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'no name';
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${names.length - MAX_LISTED} more` : shown;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

type NameMatch =
  | { readonly kind: 'matches' }
  /** `names` are those in the certificate. `sure` is false if a listing may omit some of them. */
  | { readonly kind: 'differs'; readonly names: readonly string[]; readonly sure: boolean }
  /** A name of the same domain; the listing may omit others. */
  | { readonly kind: 'unknown'; readonly names: readonly string[] };

/** Whether the certificate contains the address that the phone calls. */
function matchNames({ subject, alternatives }: Certificate, address: string): NameMatch {
  const common = getPart(subject, 'CN');
  const listed = [...(alternatives?.names ?? []), ...(alternatives?.addresses ?? [])];
  // If there are alternative names, the common name is ignored (RFC 6125).
  const names = listed.length > 0 || common === undefined ? listed : [common];
  if (names.some((name) => covers(name, address))) return { kind: 'matches' };
  if (alternatives) return { kind: 'differs', names, sure: true };
  return !isIpAddress(address) && names.some((name) => isRelated(name, address))
    ? { kind: 'unknown', names }
    : { kind: 'differs', names, sure: false };
}

function covers(name: string, address: string): boolean {
  if (isIpAddress(address)) return sameAddress(name, address);
  const host = plain(address);
  const pattern = plain(name);
  if (!pattern.startsWith('*.')) return pattern === host;
  // A wildcard stands for one label.
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1) && pattern.indexOf('.', 2) !== -1;
}

function isRelated(name: string, address: string): boolean {
  const domain = (text: string) => plain(text).split('.').slice(-2).join('.');
  return domain(name) === domain(address);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

type SignerTrust =
  | { readonly kind: 'public'; readonly authority: string; readonly until: number }
  | {
      readonly kind: 'private';
      /** Continues “is”: `self-signed`, `signed by Example CA`. */
      readonly how: string;
      readonly why: string;
      readonly quotes: readonly Quote[];
    }
  /** `isPublic`: the signer appears to be a public authority. */
  | { readonly kind: 'unknown'; readonly issuer: string; readonly isPublic: boolean };

/** Every certificate that public authorities signed since 2020 names one of these (CA/Browser Forum, 7.1.6.4). */
const PUBLIC_POLICY = /^2\.23\.140\.1\./;
/**
 * From this date public authorities sign for at most `MAX_PUBLIC_VALIDITY_MS` (CA/Browser Forum, ballot 193 and
 * Apple's rule).
 */
const SHORTER_SINCE = Date.UTC(2020, 8, 1);
const MAX_PUBLIC_VALIDITY_MS = 399 * 86_400_000;

/** Signer of a certificate: an authority that phones trust, one that they do not trust, or unknown. */
function judgeTrust(leaf: ShownCertificate, chain: readonly ShownCertificate[]): SignerTrust {
  const top = chain.at(-1) ?? leaf;
  const { subject, issuer, issuerKeyId, keyId } = top.certificate;
  const isSelfSigned = nameKey(subject) === nameKey(issuer);
  const root = publicRoot(issuer, isSelfSigned ? keyId : issuerKeyId);
  if (root) return { kind: 'public', authority: calledName(issuer), until: root.until };
  const signer = calledName(leaf.certificate.issuer);
  const looksPublic = isPublicOrganisation(issuer) || hasPublicPolicy(leaf.certificate);
  if (looksPublic) return { kind: 'unknown', issuer: calledName(issuer), isPublic: true };
  if (!isSelfSigned) return withoutSigner(leaf, top);
  return {
    kind: 'private',
    how: top === leaf ? 'self-signed' : `signed by ${signer}`,
    why:
      top === leaf
        ? 'No CA signed it.'
        : `Its chain ends at ${calledName(subject)}, which is not a public CA that phones trust.`,
    quotes: [...leaf.quotes.issuer, ...(top === leaf ? [] : top.quotes.subject)],
  };
}

/** The signer of `top` is not in the evidence, and its name is not a known public authority. */
function withoutSigner(leaf: ShownCertificate, top: ShownCertificate): SignerTrust {
  const issuer = calledName(top.certificate.issuer);
  const tooLong = isTooLong(leaf.certificate);
  if (!tooLong && !lacksPublicPolicy(leaf.certificate)) return { kind: 'unknown', issuer, isPublic: false };
  return {
    kind: 'private',
    how: `signed by ${calledName(leaf.certificate.issuer)}`,
    why: `${issuer} is not a known public CA, and ${
      tooLong
        ? 'public CAs do not sign certificates for such a long time'
        : 'certificates of public CAs name a policy, which is missing here'
    }.`,
    quotes: tooLong ? [...leaf.quotes.issuer, ...leaf.quotes.notAfter] : leaf.quotes.issuer,
  };
}

function hasPublicPolicy({ policies = [] }: Certificate): boolean {
  return policies.some((policy) => PUBLIC_POLICY.test(policy));
}

function lacksPublicPolicy(certificate: Certificate): boolean {
  return certificate.policies !== undefined && !hasPublicPolicy(certificate);
}

function isTooLong({ notBefore, notAfter }: Certificate): boolean {
  return notBefore >= SHORTER_SINCE && notAfter - notBefore > MAX_PUBLIC_VALIDITY_MS;
}
