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
      for (let code = 0; code < 256; code += 1) {
        before[(number << 8) | code] =
          (before[(number << 8) | code] as number) | ((places[end - 2] ?? ANY)[code] as number);
        behind[(number << 8) | code] =
          (behind[(number << 8) | code] as number) | ((places[end + 1] ?? ANY)[code] as number);
      }
    }
  }
  return {
    fit(pair: number, first: number, last: number): boolean {
      const number = (numbers[pair] as number) << 8;
      return before[number | first] === 1 && behind[number | last] === 1;
    },
  };
}

function alarms(): Uint8Array {
  const pairs = new Uint8Array(PAIR + 1);
  const marks = new Set(['#', '$', '`', '\u007f'].map((mark) => mark.charCodeAt(0)));
  for (let pair = 0; pair <= PAIR; pair += 1) {
    const second = pair & 0xff;
    const alarming = second >= BEYOND_ASCII || (second < 0x20 && second !== TAB) || marks.has(second);
    if (alarming) pairs[pair] = ALARM;
  }
  return pairs;
}

const ANY = place(() => true);
const BLANK = place((code) => code === 0x20 || code === TAB);
const CAPITAL = place(isCapital);
const CAPITAL_OR_DIGIT = place((code) => isCapital(code) || isDigit(code));
const DIGIT = place(isDigit);
const NO_NAME = place((code) => !/[\w-]/.test(String.fromCharCode(code)));
const WILD: Readonly<Record<string, Place>> = {
  '*': ANY,
  ' ': BLANK,
  '!': NO_NAME,
  '^': CAPITAL,
  '~': CAPITAL_OR_DIGIT,
  '0': DIGIT,
};

function exactPlace(char: string): Place {
  return WILD[char] ?? place((code) => code === char.charCodeAt(0));
}

function anyCasePlace(char: string): Place {
  if (char === ' ') return BLANK;
  if (char === '!') return NO_NAME;
  const codes = [char.toLowerCase().charCodeAt(0), char.toUpperCase().charCodeAt(0)];
  return place((code) => codes.includes(code));
}

function place(fits: (code: number) => boolean): Place {
  const bytes = new Uint8Array(256);
  for (let code = 0; code < 256; code += 1) bytes[code] = fits(code) ? 1 : 0;
  return bytes;
}

function bytesOf(bytes: Place | undefined): readonly number[] {
  return Array.from({ length: BEYOND_ASCII }, (_, code) => code).filter((code) => bytes?.[code] === 1);
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
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

function commonness(two: string): number {
  if (/[*^~!]/.test(two)) return TYPICAL.length;
  return TYPICAL.toLowerCase().split(two.toLowerCase()).length * 4 + (/[A-Z_"=<{&;?]/.test(two) ? 0 : 1);
}
