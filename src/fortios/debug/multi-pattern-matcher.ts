/**
 * Tests quickly whether a text contains one of many patterns. It reads two characters at a time, with one table lookup
 * each. Each pattern is found by two of its character pairs, one for each alignment with those steps, and each the
 * rarest available; the whole pattern is compared only where such a pair is found.
 */
export interface MultiPatternMatcher {
  /** Flags of two consecutive bytes, at index `first` · 256 + `second`: bits `CANDIDATE` and `BYTE_CLASS`, or 0. */
  readonly pairs: Uint8Array;
  /**
   * 1 for each byte that may be relevant by itself: controls, all beyond ASCII, and characters of prompts and tokens.
   */
  readonly specialBytes: Uint8Array;
  /** Whether a pattern whose pair is at `at` and `at + 1` matches. */
  readonly confirms: (bytes: Uint8Array, at: number) => boolean;
  /** Whether the text contains a pattern or a special byte. */
  matches(text: string): boolean;
}

export const CANDIDATE = 1;
/** At least one of the two bytes is a special byte. */
export const BYTE_CLASS = 2;

const PAIRS = 0x1_0000;
const BEYOND_ASCII = 0x80;
const TAB = 0x09;
/** Padding after the last character of a text; has no meaning. */
const DOT = 0x2e;

/** Bytes allowed at one position of a pattern. */
type ByteSet = Uint8Array;

interface Candidate {
  readonly places: readonly ByteSet[];
  /** Position of its pair in the pattern; -1 if the first of the two is any character before the pattern. */
  readonly at: number;
  /** Number of another candidate with the same pair, or 0. */
  readonly earlier: number;
}

/**
 * `anyCase` are case-insensitive patterns, `exact` case-sensitive ones; in an exact one `*` is any character, `^` a
 * capital, `~` a capital or a digit, and `0` any digit. In both a blank also matches a tab, and `!` matches what
 * cannot continue a name, including the end of the text.
 */
export function createMultiPatternMatcher(
  anyCase: readonly string[],
  exact: readonly string[],
): MultiPatternMatcher {
  const pairs = specialPairs();
  const candidates: Candidate[] = [];
  /** For each pair the number of its latest candidate, counted from one. */
  const latest = new Uint16Array(PAIRS);
  const before = new Uint32Array(PAIRS);
  const behind = new Uint32Array(PAIRS);

  function add(places: readonly ByteSet[], at: number): void {
    const bitsBefore = bitsOf(places[at - 1] ?? ANY);
    const bitsBehind = bitsOf(places[at + 2] ?? ANY);
    for (const first of bytesOf(places[at] ?? ANY)) {
      for (const second of bytesOf(places[at + 1] ?? ANY)) {
        const pair = (first << 8) | second;
        pairs[pair] = (pairs[pair] as number) | CANDIDATE;
        before[pair] = (before[pair] as number) | bitsBefore;
        behind[pair] = (behind[pair] as number) | bitsBehind;
        latest[pair] = candidates.push({ places, at, earlier: latest[pair] as number });
      }
    }
  }

  function addWord(places: readonly ByteSet[]): void {
    add(places, rarestPair(places, 0));
    add(places, rarestPair(places, -1));
  }

  for (const word of anyCase) addWord(word.split('').map(anyCasePlace));
  for (const word of exact) addWord(word.split('').map(exactPlace));

  /** Excludes most pairs by the characters beside them. */
  function fits(pair: number, first: number, last: number): boolean {
    return (
      (((before[pair] as number) >>> (first & 31)) & ((behind[pair] as number) >>> (last & 31)) & 1) === 1
    );
  }

  function confirms(bytes: Uint8Array, at: number): boolean {
    const pair = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    if (!fits(pair, bytes[at - 1] ?? 0, bytes[at + 2] ?? 0)) return false;
    for (let next = candidates[(latest[pair] as number) - 1]; next; next = candidates[next.earlier - 1]) {
      const { places } = next;
      const from = at - next.at;
      let index = 0;
      while (index < places.length && places[index]?.[bytes[from + index] ?? 0] === 1) index += 1;
      if (index === places.length) return true;
    }
    return false;
  }

  function confirmsText(pair: number, text: string, at: number): boolean {
    if (!fits(pair, byteOf(text, at - 1), byteOf(text, at + 2))) return false;
    for (let next = candidates[(latest[pair] as number) - 1]; next; next = candidates[next.earlier - 1]) {
      const { places } = next;
      const from = at - next.at;
      let index = 0;
      while (index < places.length && places[index]?.[byteOf(text, from + index)] === 1) index += 1;
      if (index === places.length) return true;
    }
    return false;
  }

  return {
    pairs,
    specialBytes: SPECIAL_BYTES,
    confirms,
    matches(text) {
      for (let at = 0; at < text.length; at += 2) {
        const first = text.charCodeAt(at);
        const second = at + 1 < text.length ? text.charCodeAt(at + 1) : DOT;
        if ((first | second) >= BEYOND_ASCII) return true;
        const pair = (first << 8) | second;
        const meaning = pairs[pair] as number;
        if (meaning === 0) continue;
        if ((meaning & BYTE_CLASS) !== 0 || confirmsText(pair, text, at)) return true;
      }
      return false;
    },
  };
}

/** 0 outside the text. */
function byteOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < BEYOND_ASCII ? code : Number.isNaN(code) ? 0 : BEYOND_ASCII;
}

const SPECIAL_BYTES = new Uint8Array(256).fill(1, 0, 0x20).fill(1, BEYOND_ASCII);
SPECIAL_BYTES[TAB] = 0;
for (const mark of ['#', '$', '`', '\u007f']) SPECIAL_BYTES[mark.charCodeAt(0)] = 1;

function specialPairs(): Uint8Array {
  const row = SPECIAL_BYTES.map((yes) => yes * BYTE_CLASS);
  const pairs = new Uint8Array(PAIRS);
  for (const [first, yes] of SPECIAL_BYTES.entries()) {
    if (yes === 1) pairs.fill(BYTE_CLASS, first << 8, (first + 1) << 8);
    else pairs.set(row, first << 8);
  }
  return pairs;
}

const CAPITALS = codesFrom('A', 'Z');
const DIGITS = codesFrom('0', '9');
const NAME = [...CAPITALS, ...codesFrom('a', 'z'), ...DIGITS, ...codesOf('_-')];
const ANY: ByteSet = new Uint8Array(256).fill(1);
const BLANK = place(codesOf(' \t'));
const NO_NAME: ByteSet = new Uint8Array(256).fill(1);
for (const code of NAME) NO_NAME[code] = 0;

/** Byte sets are shared, so that each is computed once. */
const EXACT = new Map<string, ByteSet>([
  ['*', ANY],
  [' ', BLANK],
  ['!', NO_NAME],
  ['^', place(CAPITALS)],
  ['~', place([...CAPITALS, ...DIGITS])],
  ['0', place(DIGITS)],
]);
const ANY_CASE = new Map<string, ByteSet>([
  [' ', BLANK],
  ['!', NO_NAME],
]);
const ALLOWED = new Map<ByteSet, readonly number[]>();
const BITS = new Map<ByteSet, number>();

function exactPlace(char: string): ByteSet {
  return remembered(EXACT, char, () => place(codesOf(char)));
}

function anyCasePlace(char: string): ByteSet {
  return remembered(ANY_CASE, char, () => place(codesOf(char.toLowerCase() + char.toUpperCase())));
}

/** Represents a byte by its last five bits, which suffices to exclude most neighbours. */
function bitsOf(allowed: ByteSet): number {
  return remembered(BITS, allowed, () => {
    let bits = 0;
    for (const code of bytesOf(allowed)) bits |= 1 << (code & 31);
    return bits;
  });
}

function bytesOf(bytes: ByteSet): readonly number[] {
  return remembered(ALLOWED, bytes, () => {
    const codes: number[] = [];
    for (let code = 0; code < BEYOND_ASCII; code += 1) if (bytes[code] === 1) codes.push(code);
    return codes;
  });
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function place(codes: readonly number[]): ByteSet {
  const bytes = new Uint8Array(256);
  for (const code of codes) bytes[code] = 1;
  return bytes;
}

function codesOf(chars: string): readonly number[] {
  return chars.split('').map((char) => char.charCodeAt(0));
}

function codesFrom(first: string, last: string): readonly number[] {
  const from = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - from + 1 }, (_, index) => from + index);
}

/** Position of the rarest pair among those that begin at `from` and at every second position after it. */
function rarestPair(places: readonly ByteSet[], from: number): number {
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at < places.length; at += 2) {
    const cost = costOf(places[at] ?? ANY, places[at + 1] ?? ANY);
    if (cost < least) {
      best = at;
      least = cost;
    }
  }
  return best;
}

/**
 * Frequency of a pair in a typical log, plus its frequency if characters were independent: the latter distinguishes
 * pairs that the sample does not contain. A pair that stands for many byte pairs has an additional cost.
 */
function costOf(first: ByteSet, second: ByteSet): number {
  const [firsts, seconds] = [bytesOf(first), bytesOf(second)];
  const width = firsts.length * seconds.length;
  if (width > MAX_PAIRS) return Number.MAX_VALUE;
  const chance =
    (remembered(FIRST_COUNTS, first, () => sumOf(COUNTS.first, firsts)) *
      remembered(SECOND_COUNTS, second, () => sumOf(COUNTS.second, seconds))) /
    TYPICAL.length;
  if (first === ANY || second === ANY) return chance + COMMON_PAIR_COST;
  let count = width / 64;
  for (const one of firsts) for (const two of seconds) count += COUNTS.pairs[(one << 8) | two] as number;
  return count + chance / 8;
}

const FIRST_COUNTS = new Map<ByteSet, number>();
const SECOND_COUNTS = new Map<ByteSet, number>();
const COMMON_PAIR_COST = 1;
const MAX_PAIRS = 512;

function sumOf(counts: Uint16Array, codes: readonly number[]): number {
  return codes.reduce((sum, code) => sum + (counts[code] as number), 0);
}

/** Typical log lines. Byte pairs frequent here are poor search keys. */
const TYPICAL = `[5784:root:d9]req: /remote/portal user: [5784:root:d9]SSL state:SSLv3/TLS write server hello (203.0.113.7)
[5784:root:d9]sslvpn_read_request_common,735, ret=-1 error=-1, sconn=0x7f55ac10. Destroy sconn, connSize=0. (root)
[5784:root:0]RCV: LCP Echo_Request id(1) len(8) [Magic_Number 9999] rmt_check_conn_session:2252 delete connection w/ web session 7
[5784:root:d9]SSL state:SSLv3/TLS read client hello (203.0.113.7) SSL established: TLSv1.3 TLS_AES_256_GCM_SHA384
[5784:root:d9]tunnelEnter:502 tunnel keepalive, peer User Agent: Mozilla/5.0 (X11; Linux x86_64) Timeout for connection
[378] radius_start-Didn't find radius servers (0) [616] fnbamd_pop3_start-user [1007] __fnbamd_cfg_get_ldap_list_by_group-
[5784:root:d9]two realm policy match interface address source destination host check rule client cert requirement: no
[380] auth_tac_plus_start-Didn't find tac_plus servers (0) [5784:root:0]LCP Echo_Reply rmt_hcinstall_cb_handler:210 enter
[5784:root:d9]Timeout for connection 0x7f55ac10. client cert requirement: no SSL state:fatal decode error (203.0.113.7)
ike 0:DIAL:12: recv IPsec SA delete, spi count 1 ike V=root:0:DIAL:12: out 05C3AF9D10A2B4E6F708192A3B4C5D6E7F809
date=2025-11-24 time=10:17:40 type="traffic" subtype="forward" level="notice" srcip=10.0.0.1 action="accept" sentbyte=0`;

const COUNTS = countPairs(TYPICAL);

function countPairs(text: string) {
  const counts = {
    pairs: new Uint16Array(PAIRS),
    first: new Uint16Array(BEYOND_ASCII),
    second: new Uint16Array(BEYOND_ASCII),
  };
  for (let at = 0; at + 1 < text.length; at += 1) {
    const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
    increase(counts.pairs, (first << 8) | second);
    increase(counts.first, first);
    increase(counts.second, second);
  }
  return counts;
}

function increase(counts: Uint16Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}
