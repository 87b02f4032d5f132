import { ANY_BYTE, type ByteSet } from './byte-set.ts';

/** Number of pairs of bytes. */
export const PAIR_COUNT = 0x1_0000;

/** Position of the rarest pair among those that begin at `from` and at every second position after it. */
export function rarestPair(places: readonly ByteSet[], from: number): number {
  let best = from;
  let cheapest = Number.POSITIVE_INFINITY;
  for (let at = from; at < places.length; at += 2) {
    const cost = costOf(places[at] ?? ANY_BYTE, places[at + 1] ?? ANY_BYTE);
    if (cost < cheapest) {
      best = at;
      cheapest = cost;
    }
  }
  return best;
}

/**
 * Frequency of a pair in a typical log, plus its frequency if characters were independent: the latter distinguishes
 * pairs that the sample does not contain. A pair that stands for many byte pairs has an additional cost.
 */
function costOf(first: ByteSet, second: ByteSet): number {
  const width = first.codes.length * second.codes.length;
  if (width > MAX_PAIRS) return Number.MAX_VALUE;
  if (first === ANY_BYTE || second === ANY_BYTE) return COMMON_PAIR_COST;
  const chance = (sumOf(COUNTS.first, first.codes) * sumOf(COUNTS.second, second.codes)) / TYPICAL.length;
  let count = width / 64;
  for (const one of first.codes)
    for (const two of second.codes) count += COUNTS.pairs[(one << 8) | two] as number;
  return count + chance / 8;
}

/** A pair of one known byte is the last choice. */
const COMMON_PAIR_COST = 1_000;
const MAX_PAIRS = 512;

function sumOf(counts: Uint16Array, codes: readonly number[]): number {
  let sum = 0;
  for (const code of codes) sum += counts[code] as number;
  return sum;
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
    pairs: new Uint16Array(PAIR_COUNT),
    first: new Uint16Array(256),
    second: new Uint16Array(256),
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
