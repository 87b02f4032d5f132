import type { SecretKind } from '../kinds.ts';
import type { OpenEnd, Span } from '../spans.ts';
import { DUMPED } from '../values.ts';

interface Shape {
  readonly kind: SecretKind;
  /** Set if the secret may be so long that a terminal splits it into lines. */
  readonly isLong?: OpenEnd;
  /** Part of every match, and much cheaper to search for. */
  readonly hint: RegExp;
  /** With the `d` flag; the first group, if present, is the secret. */
  readonly pattern: RegExp;
}

const ENCODED: OpenEnd = { by: 'word', encoded: true };
const BYTES: OpenEnd = { by: 'bytes' };

/** Secrets recognised by their format in any context. Every repetition is bounded or starts at a fixed prefix. */
const SHAPES: readonly Shape[] = [
  { kind: 'api-key', hint: /xox|xapp-/, pattern: /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[\w-]{8,512}/dg },
  {
    kind: 'api-key',
    hint: /hooks\.slack/,
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{8,256})/dg,
  },
  {
    kind: 'api-key',
    hint: /webhook|api\.telegram/,
    pattern: /(?:\/webhookb2\/|\/api\/webhooks\/|api\.telegram\.org\/bot)([\w@/:-]{8,512})/dg,
  },
  {
    kind: 'api-key',
    hint: /AKIA|ASIA/,
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/dg,
  },
  {
    kind: 'api-key',
    hint: /gh[pousr]_|github_pat_|glpat-|sk-/,
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_|glpat-|sk-)[\w-]{20,256}/dg,
  },
  // Vault, npm, Google, Stripe, SendGrid.
  {
    kind: 'api-key',
    hint: /hvs\.|npm_|AIza|ya29\.|[sr]k_live_|SG\./,
    pattern: /(?<![A-Za-z0-9])(?:hvs\.|npm_|AIza|ya29\.|[sr]k_live_|SG\.)[\w.-]{20,512}/dg,
  },
  {
    kind: 'api-key',
    hint: /bearer|basic|negotiate/i,
    pattern:
      /(?<!\w|\w-)(?:bearer|basic|negotiate)[ \t]{1,4}(?=[A-Za-z.~+/=_-]{0,64}\d)([\w.~+/=-]{12,8192})/dgi,
  },
  // Cookie file of a browser.
  { kind: 'cookie', hint: /cookie\w{0,20}\t/i, pattern: /\t\w{0,20}cookie\w{0,20}\t([^\s]{8,4096})/dgi },
  // NTLM: a response can be attacked with a dictionary.
  { kind: 'challenge', hint: /TlRMTVNTUAA/, pattern: /TlRMTVNTUAA[A-Za-z0-9+/=]{8,4096}/dg },
  // Password hashes of Unix and Cisco.
  {
    kind: 'password-hash',
    hint: /\$/,
    pattern: /\$(?:1|2[abxy]|5|6|7|y|argon2id?)\$[\w./$,=+-]{8,256}/dg,
  },
  // TLS keys that browsers log for Wireshark.
  {
    kind: 'key',
    hint: /CLIENT_RANDOM|_SECRET/,
    pattern:
      /(?<!\w|\w-)(?:CLIENT_RANDOM|[A-Z_]{0,32}SECRET(?:_\d)?)[ \t][0-9a-fA-F]{16,128}[ \t]([0-9a-fA-F]{16,256})/dg,
  },
  { kind: 'password', hint: /ConvertTo/, pattern: /ConvertTo-SecureString[^"']{0,40}["']([^"']{1,256})/dg },
  // PagerDuty: Events API integration keys and REST keys.
  { kind: 'api-key', hint: /R0/, pattern: /(?<![A-Za-z0-9])R0[0-9A-Z]{30}(?![A-Za-z0-9])/dg },
  { kind: 'api-key', hint: /u\+/, pattern: /(?<![\w+-])u\+[\w-]{18}(?![\w-])/dg },
  {
    kind: 'api-key',
    hint: /pagerduty|routing|integration/i,
    pattern:
      /(?:pagerduty|routing|integration)[^\r\n]{0,40}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/dgi,
  },
  // JSON Web Token; the length is bounded, so that text without dots ends the match attempt.
  {
    kind: 'api-key',
    hint: /eyJ/,
    pattern: /(?<!\w|\w-)eyJ[\w-]{8,4096}\.[\w-]{8,16384}(?:\.[\w-]{0,4096})?/dg,
  },
  // A phone's push registration with Google (Firebase).
  { kind: 'registration-id', hint: /APA91b/, pattern: /(?<!\w|\w-)[\w-]{8,40}:APA91b[\w-]{20,512}/dg },
  {
    kind: 'password-hash',
    hint: /SH2|AK1|PB2/,
    pattern: /(?<![A-Za-z0-9+/])(?:SH2|AK1|PB2)[A-Za-z0-9+/]{30,512}={0,2}/dg,
  },
  // Session keys of IPsec: `diagnose vpn tunnel list` and IKE debug.
  {
    kind: 'key',
    hint: /(?:key|auth)[= ]/,
    pattern: /(?<!\w|\w-)(?:key|auth)[= ]\d{1,3}[: ]([0-9a-fA-F]{8,512})/dg,
  },
  {
    kind: 'key',
    hint: /SK_|SKEYID/i,
    pattern: /(?<!\w|\w-)(?:SK_[a-z]{1,2}|SKEYID\w{0,4})[ :=]{1,4}(?:\d{1,3}:)?([0-9a-fA-F]{8,512})/dgi,
  },
  // IKE debug shows decrypted packets: for XAUTH and EAP they contain the password. Source: Fortinet KB FD38751,
  // "ASCII dump of clear text, encrypted and decrypted" packets.
  {
    kind: 'secret',
    hint: /(?:dec|enc)[ \t]/,
    isLong: ENCODED,
    pattern: /(?<!\w|\w-)(?:dec|enc)[ \t]{1,4}([0-9a-fA-F]{32,})(?![\w-])/dg,
  },
  // eap_proxy is based on hostapd, which dumps whole RADIUS packets: with EAP they may contain a password.
  {
    kind: 'secret',
    hint: /hexdump/,
    isLong: BYTES,
    pattern:
      /(?<!\w|\w-)hexdump\w{0,10}\(len=\d{1,8}\):[ \t]{0,4}((?:[0-9a-fA-F]{2}[ \t]?){4,}[0-9a-fA-F]?)/dg,
  },
  // EAP data passed to fnbamd.
  {
    kind: 'secret',
    hint: /hex_pnt/,
    isLong: BYTES,
    pattern: /hex_pnt-[^\r\n]{0,80}?-((?:[0-9a-fA-F]{2} ?){4,}[0-9a-fA-F]?)/dg,
  },
  // The same with characters beside the bytes, sixteen to a line.
  {
    kind: 'secret',
    hint: DUMPED,
    pattern: /^[>|+-]? {4,20}(?=[ 0-9a-f]{48} {3})((?: [0-9a-f]{2}){1,16}.{0,80})/dg,
  },
  { kind: 'password', hint: /:\/\//, pattern: /:\/\/[^\s/@:]{0,64}:([^\s/@]{1,256})@/dg },
];

const ANY_HINT = new RegExp(SHAPES.map(({ hint }) => hint.source).join('|'), 'i');

export function findKnownFormats(line: string): readonly Span[] {
  if (!ANY_HINT.test(line)) return [];
  return SHAPES.flatMap((shape) => (shape.hint.test(line) ? matchShape(line, shape) : []));
}

function matchShape(line: string, { kind, pattern, isLong }: Shape): readonly Span[] {
  return Array.from(line.matchAll(pattern), (match) => {
    const [start, end] = match.indices?.[1] ??
      match.indices?.[0] ?? [match.index, match.index + match[0].length];
    const goesOn = isLong && /^=?\s*$/.test(line.slice(end, end + 8));
    return { start, end, kind, ...(goesOn ? { open: isLong } : {}) };
  });
}
