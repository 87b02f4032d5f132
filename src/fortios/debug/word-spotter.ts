/**
 * Tells quickly whether one of many words stands in a text. For every word two characters in a row are looked for, the
 * rarest it has, with one look into a table for each character of the text; the word around them only where they are.
 */
export interface WordSpotter {
  /** What two bytes in a row mean, at `first & 127` · 256 + `second`: 0, `CUE` or `ALARM`. */
  readonly pairs: Uint8Array;
  /** Whether a word is there whose two characters end at `at`. */
  readonly confirms: (pair: number, bytes: Uint8Array, at: number) => boolean;
  /** True where a word stands in the text, or an alarming character. */
  spots(text: string): boolean;
}

export const CUE = 1;
/** The second is never harmless: controls, everything beyond ASCII, and marks that prompts and tokens are made of. */
export const ALARM = 2;
export const PAIR = 0x7fff;

const BEYOND_ASCII = 0x80;
const TAB = 0x09;

/** Which bytes may stand in one place of a word. */
type Place = Uint8Array;

interface Cue {
  readonly places: readonly Place[];
  /** Where in the word the two characters end. */
  readonly end: number;
}

/**
 * `anyCase` are words whose case does not matter, `exact` those whose does; in an exact one `*` is any character, `^`
 * a capital, `~` a capital or a digit, and `0` any digit. In both a blank is a tab as well, and `!` is what no name goes
 * on with, the end of the text included.
 */
export function createWordSpotter(anyCase: readonly string[], exact: readonly string[]): WordSpotter {
  const pairs = alarms();
  const cues = new Map<number, Cue[]>();

  function add(word: string, placeOf: (char: string) => Place): void {
    const places = word.split('').map(placeOf);
    const end = rarestPair(word) + 1;
    const cue: Cue = { places, end };
    for (const first of bytesOf(places[end - 1])) {
      for (const second of bytesOf(places[end])) {
        const pair = (first << 8) | second;
        pairs[pair] = Math.max(pairs[pair] as number, CUE);
        const alike = cues.get(pair);
        if (alike) alike.push(cue);
        else cues.set(pair, [cue]);
      }
    }
  }

  for (const word of anyCase) add(word, anyCasePlace);
  for (const word of exact) add(word, exactPlace);
  const neighbours = neighboursOf(cues);

  function confirms(pair: number, bytes: Uint8Array, at: number): boolean {
    const found = cues.get(pair);
    if (!found) return false;
    for (const { places, end } of found) {
      let index = 0;
      while (index < places.length && places[index]?.[bytes[at - end + index] ?? 0] === 1) index += 1;
      if (index === places.length) return true;
    }
    return false;
  }

  function confirmsText(pair: number, text: string, at: number): boolean {
    return (
      cues
        .get(pair)
        ?.some(({ places, end }) =>
          places.every((place, index) => place[byteOf(text, at - end + index)] === 1),
        ) ?? false
    );
  }

  return {
    pairs,
    confirms: (pair, bytes, at) =>
      neighbours.fit(pair, bytes[at - 2] ?? 0, bytes[at + 1] ?? 0) && confirms(pair, bytes, at),
    spots(text) {
      let pair = 0;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code >= BEYOND_ASCII) return true;
        pair = ((pair << 8) | code) & PAIR;
        const meaning = pairs[pair];
        if (meaning === ALARM) return true;
        if (meaning !== CUE) continue;
        if (
          neighbours.fit(pair, byteOf(text, at - 2), byteOf(text, at + 1)) &&
          confirmsText(pair, text, at)
        ) {
          return true;
        }
      }
      return false;
    },
  };
}

/** Beyond the text there is nothing, which is 0. */
function byteOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < BEYOND_ASCII ? code : Number.isNaN(code) ? 0 : BEYOND_ASCII;
}

/** What may stand right before and right behind the two characters of a cue: most are refuted by that. */
function neighboursOf(cues: ReadonlyMap<number, readonly Cue[]>) {
  const numbers = new Uint16Array(PAIR + 1);
  const before = new Uint8Array((cues.size + 1) << 8);
  const behind = new Uint8Array((cues.size + 1) << 8);
  let count = 0;
  for (const [pair, found] of cues) {
    count += 1;
    const number = count;
    numbers[pair] = number;
    for (const { places, end } of found) {
      allow(before, number << 8, places[end - 2] ?? ANY);
      allow(behind, number << 8, places[end + 1] ?? ANY);
    }
  }
  return {
    fit(pair: number, first: number, last: number): boolean {
      const number = (numbers[pair] as number) << 8;
      return before[number | first] === 1 && behind[number | last] === 1;
    },
  };
}

function allow(table: Uint8Array, row: number, allowed: Place): void {
  if (allowed === ANY) table.fill(1, row, row + 256);
  else for (const code of bytesOf(allowed)) table[row | code] = 1;
}

function alarms(): Uint8Array {
  const row = new Uint8Array(256).fill(ALARM, 0, 0x20).fill(ALARM, BEYOND_ASCII);
  row[TAB] = 0;
  for (const mark of ['#', '$', '`', '\u007f']) row[mark.charCodeAt(0)] = ALARM;
  const pairs = new Uint8Array(PAIR + 1);
  for (let first = 0; first <= PAIR >> 8; first += 1) pairs.set(row, first << 8);
  return pairs;
}

const CAPITALS = codesFrom('A', 'Z');
const DIGITS = codesFrom('0', '9');
const NAME = [...CAPITALS, ...codesFrom('a', 'z'), ...DIGITS, ...codesOf('_-')];
const ANY: Place = new Uint8Array(256).fill(1);
const BLANK = place(codesOf(' \t'));
const NO_NAME: Place = new Uint8Array(256).fill(1);
for (const code of NAME) NO_NAME[code] = 0;

/** Places are shared, so that what they allow is worked out once. */
const EXACT = new Map<string, Place>([
  ['*', ANY],
  [' ', BLANK],
  ['!', NO_NAME],
  ['^', place(CAPITALS)],
  ['~', place([...CAPITALS, ...DIGITS])],
  ['0', place(DIGITS)],
]);
const ANY_CASE = new Map<string, Place>([
  [' ', BLANK],
  ['!', NO_NAME],
]);
const ALLOWED = new Map<Place, readonly number[]>();

function exactPlace(char: string): Place {
  return remembered(EXACT, char, () => place(codesOf(char)));
}

function anyCasePlace(char: string): Place {
  return remembered(ANY_CASE, char, () => place(codesOf(char.toLowerCase() + char.toUpperCase())));
}

function bytesOf(bytes: Place | undefined): readonly number[] {
  if (!bytes) return [];
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

function place(codes: readonly number[]): Place {
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

function rarestPair(word: string): number {
  let best = 0;
  for (let at = 1; at + 2 <= word.length; at += 1) {
    if (commonness(word.slice(at, at + 2)) < commonness(word.slice(best, best + 2))) best = at;
  }
  return best;
}

/** Lines as logs are full of them: what two characters stand here often make a poor cue. */
const TYPICAL = `[5784:root:d9]req: /remote/portal user: [5784:root:d9]SSL state:SSLv3/TLS write server hello (203.0.113.7)
[5784:root:d9]sslvpn_read_request_common,735, ret=-1 error=-1, sconn=0x7f55ac10. Destroy sconn, connSize=0. (root)
[5784:root:0]RCV: LCP Echo_Request id(1) len(8) [Magic_Number 9999] rmt_check_conn_session:2252 delete connection w/ web session 7
[5784:root:d9]tunnelEnter:502 tunnel keepalive, peer User Agent: Mozilla/5.0 (X11; Linux x86_64) Timeout for connection
[378] radius_start-Didn't find servers (0) [616] fnbamd_pop3_start-user [1007] __fnbamd_cfg_get_ldap_list_by_group-
[5784:root:d9]two realm policy match interface address source destination host check rule client cert requirement: no
ike 0:DIAL:12: recv IPsec SA delete, spi count 1 ike V=root:0:DIAL:12: out 05C3AF9D10A2B4E6F708192A3B4C5D6E7F809
date=2025-11-24 time=10:17:40 type="traffic" subtype="forward" level="notice" srcip=10.0.0.1 action="accept" sentbyte=0`;

const COUNTS = countPairs(TYPICAL.toLowerCase());

function countPairs(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 2 <= text.length; at += 1) {
    const two = text.slice(at, at + 2);
    counts.set(two, (counts.get(two) ?? 0) + 1);
  }
  return counts;
}

function commonness(two: string): number {
  if (/[*^~!]/.test(two)) return TYPICAL.length;
  return (COUNTS.get(two.toLowerCase()) ?? 0) * 4 + (/[A-Z_"=<{&;?]/.test(two) ? 0 : 1);
}
