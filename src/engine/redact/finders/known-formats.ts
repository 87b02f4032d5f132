import type { OpenEnd, Span } from '../spans.ts';
import { DUMPED } from '../values.ts';
import { HASH_FORMATS, TOKEN_FORMATS, TOKEN_HINT, type TokenFormat } from './token-formats.ts';

interface Shape extends TokenFormat {
  /** Set if the secret may be so long that a terminal splits it into lines. */
  readonly isLong?: OpenEnd;
}

const ENCODED: OpenEnd = { by: 'word', encoded: true };
const BYTES: OpenEnd = { by: 'bytes' };

/** Secrets recognised by their format in any context. Every repetition is bounded or starts at a fixed prefix. */
const SHAPES: readonly Shape[] = [
  ...HASH_FORMATS,
  {
    kind: 'api-key',
    hint: /bearer|basic|negotiate/i,
    pattern:
      /(?<!\w|\w-)(?:bearer|basic|negotiate)[ \t]{1,4}(?=[A-Za-z.~+/=_-]{0,64}\d)([\w.~+/=-]{12,8192})/dgi,
  },
  // Cookies of FortiOS and of programs, without a header.
  {
    kind: 'cookie',
    hint: /COOKIE|csrftoken|SESSI?D|SESSIONID/,
    pattern:
      /(?<!\w|\w-)(?:SVPN(?:NETWORK)?COOKIE|APSCOOKIE\w{0,20}|ccsrftoken\w{0,20}|PHPSESSID|JSESSIONID)[ \t]{1,4}([^\s;]{8,4096})/dg,
  },
  // Cookie file of a browser.
  {
    kind: 'cookie',
    hint: /\t(?:TRUE|FALSE)\t|cookie\w{0,20}\t/,
    pattern: /\t(?:(?:TRUE|FALSE)\t\d{1,12}\t\S{1,64}|\w{0,20}cookie\w{0,20})\t([^\s]{8,4096})/dgi,
  },
  { kind: 'password', hint: /login=/, pattern: /(?<!\w)login=[\w.-]{1,64}:([^\s:]{3,128})/dg },
  // NTLM: a response can be attacked with a dictionary.
  { kind: 'challenge', hint: /TlRMTVNTUAA/, pattern: /TlRMTVNTUAA[A-Za-z0-9+/=]{8,4096}/dg },
  // TLS keys that browsers log for Wireshark.
  {
    kind: 'key',
    hint: /CLIENT_RANDOM|_SECRET/,
    pattern:
      /(?<!\w|\w-)(?:CLIENT_RANDOM|[A-Z_]{0,32}SECRET(?:_\d)?)[ \t][0-9a-fA-F]{16,128}[ \t]([0-9a-fA-F]{16,256})/dg,
  },
  // An attribute of RADIUS in Wireshark.
  {
    kind: 'password',
    hint: /t=[\w-]{0,40}(?:Password|Response|Challenge)\(/,
    pattern:
      /t=[\w-]{0,40}(?:Password|Response|Challenge)\(\d{1,4}\)(?::|[ \t]l=\d{1,5})[ \t](?:val=)?(?:(?:De|En)crypted:?[ \t])?(\S{4,256})/dg,
  },
  // SQL, and the shell of MongoDB.
  {
    kind: 'password',
    hint: /identified|\.auth\(/i,
    pattern: /(?<!\w)IDENTIFIED[ ]BY[ ](?=[^"'\s])([^"'\s;]{4,256})/dg,
  },
  {
    kind: 'password',
    hint: /identified|\.auth\(/i,
    pattern:
      /(?:(?<!\w)identified[ \t](?:with[ \t]\S{1,40}[ \t])?(?:by|as)[ \t](?:password[ \t])?|\.auth\(["'][^"']{1,64}["'],[ ]?)["']([^"'\s]{1,256})["']/dgi,
  },
  // At the prompt of Redis, and its users.
  {
    kind: 'password',
    hint: /\d\]?>[ ]?auth[ \t]/i,
    pattern:
      /:\d{1,5}(?:\[\d{1,3}\])?>[ ]?auth[ \t]{1,4}(?:\S{1,64}[ \t]{1,4})?["']?([^\s"']{1,512})["']?[ \t]*$/dgi,
  },
  {
    kind: 'password',
    hint: /setuser[ \t]|[ \t]on[ \t].{0,80}[>#]\S/i,
    pattern:
      /(?<!\w|\w-)(?:setuser|user)[ \t]\S{1,64}[ \t](?:[^\s>#]\S{0,63}[ \t]){1,8}?(?:>(?=\S{6})|#(?=[0-9a-f]{64}))(\S{6,512})/dgi,
  },
  { kind: 'password', hint: /ConvertTo/, pattern: /ConvertTo-SecureString[^"']{0,40}["']([^"']{1,256})/dg },
  {
    kind: 'password',
    hint: /ConvertTo/,
    pattern: /ConvertTo-SecureString[ ](?:-String[ ])?([^\s"'()$-][^\s"'()]{0,255})[ ]-/dg,
  },
  // Session keys of IPsec: `diagnose vpn tunnel list` and IKE debug.
  {
    kind: 'key',
    hint: /(?:key|auth)[= ]/,
    pattern: /(?<!\w|\w-)(?:key|auth)[= ]\d{1,3}[: ]([0-9a-fA-F]{8,512})/dg,
  },
  {
    kind: 'key',
    hint: /SK_|SKEY|[MPGTKE][MTCE]?[SKT]K|ppk|g\^/,
    pattern:
      /(?<!\w|\w-)(?:SK_[a-z]{1,2}|SKEYSEED|SKEYID\w{0,4}|(?:EAP[- ])?E?MSK|[PGT]MK|[PGT]TK|K[CE]K|ppk|g\^\w{1,3})(?:[ ]?\([^()]{1,24}\))?[ :=-]{1,4}(?:\d{1,3}:)?((?:[0-9a-fA-F]{2}[ ]?){4,256})/dgi,
  },
  // Tables of keys for Wireshark: a row names an algorithm beside each key.
  {
    kind: 'key',
    hint: /\[RFC ?\d{4}\]/,
    pattern: /(?<=[,"])(?:0x)?([0-9a-fA-F]{24,256})(?=[,"])/dg,
  },
  // RADIUS: what ties a challenge to its answer.
  {
    kind: 'challenge',
    hint: /State/,
    pattern:
      /(?<!\w)State(?: ?[[(]\d{1,3}[\])])?(?: \d{1,3})? ?[:=] ?(?:0x)?((?:[0-9a-fA-F]{2}[ ]?){8,128}|(?=[^"'\s]{0,40}\d)[\w+/=-]{16,256})/dg,
  },
  { kind: 'challenge', hint: /\(State\)/, pattern: /\(State\)[^"']{0,40}["']([^"']{4,512})/dg },
  // What XAUTH, the portal and FreeRADIUS print of a login.
  {
    kind: 'password',
    hint: /PASSWORD[ :=]{1,3}['"]|passw\w{0,3} ?\[|Login /i,
    pattern:
      /(?:XAUTH[_ ](?:USER_)?PASSWORD[ :=]{1,3}['"]|(?<!\w)pass(?:wor|w)?d? ?\[(?!\d{1,3}\])|Login (?:incorrect|OK)[^[\]]{0,120}\[[^\]/]{1,64}\/)([^'"\]]{1,128})/dgi,
  },
  // PPP.
  {
    kind: 'password',
    hint: /password\(</,
    pattern: /(?<!\w)password\(<(?![a-z-]{3,20}#\d)([^<>]{1,128})>\)/dg,
  },
  // MSCHAP: what answers a challenge can be attacked with a dictionary.
  {
    kind: 'challenge',
    hint: /(?:NT|LM)[- ]Response/i,
    pattern: /(?<!\w)(?:NT|LM)[- ]Response[ :=]{1,3}(?:0x)?([0-9a-f]{32,512})/dgi,
  },
  // The management interface of OpenVPN: `password "Auth" "…"`.
  { kind: 'password', hint: /password "/, pattern: /(?<!\w)password "[\w -]{1,40}" "([^"\s]{1,128})"/dg },
  // `ip xfrm state`
  {
    kind: 'key',
    hint: /(?:auth|trunc|enc|aead) [a-z]{2,8}\d{0,4}\(/,
    pattern: /(?:auth|trunc|enc|aead) [a-z]{2,8}\d{0,4}\([\w(),-]{1,40}\) 0x([0-9a-f]{16,512})/dg,
  },
  // A code that was sent or typed; not that of an error.
  {
    kind: 'otp',
    hint: /\d{3}[ ]?\d{3}/,
    pattern:
      /(?<![\p{L}\d]|(?:error|exit|status|return|result|reason|resp|response|http|area|zip|postal|event|log)[ -])(?!error|exit|status|return|result|reason|fehler|ergebnis|event)(?:[\p{L}\d+-]{0,24}(?:code|otp|tan|einmalpasswort|einmalkennwort)|one-time[ -]password|(?:auth)?token|pin|(?:challenge|chal) (?:response|rsp))(?: (?:sent|is|was|typed|entered|ist|war|lautet)|["'”])?[ :=]{1,3}["'“]?(\d{3}[ ]?\d{3,5})(?![\p{L}\d:-]|\.\d)/dgiu,
  },
  // The seed of a token behind its serial number.
  {
    kind: 'seed',
    hint: /FTK/,
    pattern:
      /(?<!\w)FTK\w{6,20}["']?[ \t,;:]{1,4}["']?(?:(?:activation )?code ?[:=] ?)?((?:0x)?[0-9a-fA-F]{32,80}|[A-Z2-7]{16,64})(?!\w)/dg,
  },
  // `get vpn ipsec tunnel details`
  {
    kind: 'key',
    hint: /(?:enc|auth): /,
    pattern: /(?:enc|auth): {1,8}(?:aes|3?des|sha|md5|chacha)[\w-]{0,16} {1,4}([0-9a-f]{16,512})/dg,
  },
  // A session of the tunnel, and what samld hands on.
  { kind: 'cookie', hint: /user-ses=/, pattern: /user-ses=["']([0-9a-fA-F]{16,256})/dg },
  { kind: 'secret', hint: /Attr: /, pattern: /Attr: ?\d{1,3}, ?\d{1,5}, ?'([A-Za-z0-9+/=]{40,8192})/dg },
  // The code of a wireless network in a picture.
  { kind: 'psk', hint: /WIFI:/, pattern: /WIFI:\S{0,160}?(?<=[:;])P:([^;\s]{1,128})/dg },
  // Of FortiClient on Windows.
  { kind: 'ciphertext', hint: /[">]Enc /, pattern: /[">]Enc ([0-9a-fA-F]{16,1024})/dg },
  { kind: 'ciphertext', hint: /"DATA\d/, pattern: /"DATA\d"="([0-9a-fA-F]{32,1024})"/dg },
  // Links of Shadowsocks and Oracle.
  { kind: 'password', hint: /ss:\/\//, pattern: /(?<!\w)ss:\/\/([A-Za-z0-9+/=_-]{16,512})/dg },
  {
    kind: 'password',
    hint: /jdbc:oracle/,
    pattern: /jdbc:oracle:\w{2,5}:[^\s/:@]{1,64}\/([^\s@]{1,128})@/dg,
  },
  // Ansible Vault.
  { kind: 'ciphertext', hint: /^\s{0,40}\d{40}/, pattern: /^\s{0,40}(\d{60,80})\s*$/dg },
  // The path of a hook that anybody may post to.
  { kind: 'api-key', hint: /services\/T/, pattern: /\/services\/T\w{6,16}\/B\w{6,16}\/(\w{16,64})/dg },
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
  // A login without a scheme: `wren:…@10.0.0.1`, `wren:…@tcp(db:3306)`.
  {
    kind: 'password',
    hint: /@(?:\d|(?:tcp|unix)\()/,
    pattern:
      /(?<![\w/:@.-])[\w.-]{1,32}:([^\s:@/"'<>]{4,128})@(?=(?:tcp|unix)\(|\d{1,3}(?:\.\d{1,3}){3}(?!\d))/dg,
  },
  {
    kind: 'password',
    hint: /:\/\//,
    pattern: /:\/\/[^\s/@:]{0,64}:(?!(?:password|passwd|pass|pw|secret)@)([^\s/@]{1,256})@/dgi,
  },
];

const ANY_HINT = new RegExp(SHAPES.map(({ hint }) => hint.source).join('|'), 'i');

export function findKnownFormats(line: string): readonly Span[] {
  const tokens = TOKEN_HINT.test(line) ? matchesOf(line, TOKEN_FORMATS) : [];
  return ANY_HINT.test(line) ? [...tokens, ...matchesOf(line, SHAPES)] : tokens;
}

function matchesOf(line: string, shapes: readonly Shape[]): readonly Span[] {
  return shapes.flatMap((shape) => (shape.hint.test(line) ? matchShape(line, shape) : []));
}

function matchShape(line: string, { kind, pattern, isLong }: Shape): readonly Span[] {
  return Array.from(line.matchAll(pattern), (match) => {
    const [start, end] = match.indices?.[1] ??
      match.indices?.[0] ?? [match.index, match.index + match[0].length];
    const goesOn = isLong && /^=?\s*$/.test(line.slice(end, end + 8));
    return { start, end, kind, ...(goesOn ? { open: isLong } : {}) };
  });
}
