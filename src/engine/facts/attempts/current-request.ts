import type { DebugRecord } from '../../fortios/debug/record.ts';
import { MAX_REMEMBERED } from './trace.ts';

/** Every line that names its request: those without one are about the request named last. Of a certificate, `Cert st 2c0, req_id=700221448266`. */
const NAMED =
  /^(?:Rcvd (?:auth req|chal rsp for req) |Session created for req id |req id: |delete session |(?:Cert st \w{1,8}, )?req_id=)(\d{1,20})/;
/** `Socket 9 is created for LDAP 'dc01'.`, `DNS req ipv4 0x24 'dc01.heron.example'` */
const OPENED = /^(?:Socket (\d{1,5}) is created for |DNS req ipv[46] (0x[0-9a-f]{1,8}) ')/;
/** `fd 9, state 4(DN Search)`, `got IPv4 DNS reply, req-id=0x24` */
const READY = /^(?:fd (\d{1,5}), state \d|got IPv[46] DNS reply, req-id=(0x[0-9a-f]{1,8}))/;
/** `base:'dc=heron' filter:sAMAccountName=wren`; a search for groups names no user. */
const SEARCH = /^base:'[^']{0,250}' filter:((?!\(&\(objectclass=group).{1,250})/;
/** `Sending result 1 (nid 0) for req 77, len=2524` */
const RESULT = /^Sending result /;
/** fnbamd turns to another connection, which these lines do not name: `tcps_connect(10.20.1.5) is established` */
const ELSEWHERE = /^(?:tcps_connect\(|Connction with |Cert )/;

/** ike hands the next message of this request to fnbamd: `EAP 9114015246031 pending`. */
const WAITING = /\b(?:EAP|XAUTH) (\d{1,20}) pending\b/;

/**
 * The request that a line of fnbamd is about, which works on many in turn: the line names it or its connection to a
 * server; else it is the one named last.
 */
export class CurrentRequest {
  request: string | undefined;
  /** The latest line itself named it. */
  isNamed = false;
  /** A line named a connection of this request, and no line since may be about another. */
  isTied = false;
  /** The latest search of a directory since the latest result. */
  filter: string | undefined;
  #isOver = false;
  readonly #connections = new Map<string, string>();

  name(request: string): void {
    if (this.request !== request) this.isTied = false;
    this.request = request;
  }

  read({ daemon, text }: DebugRecord): void {
    if (daemon === 'fnbamd') this.#followSearch(text);
    const naming = daemon === 'fnbamd' ? NAMED : daemon === 'ike' ? WAITING : undefined;
    if (!naming) return;
    const named = naming.exec(text)?.[1];
    this.isNamed = named !== undefined;
    if (named !== undefined) {
      this.name(named);
    } else if (daemon === 'fnbamd') this.#followConnection(text);
  }

  #followSearch(text: string): void {
    if (this.#isOver) this.filter = undefined;
    this.#isOver = RESULT.test(text);
    this.filter = SEARCH.exec(text)?.[1] ?? this.filter;
  }

  #followConnection(text: string): void {
    const [, socket, query] = OPENED.exec(text) ?? [];
    const opened = socket ?? query;
    if (opened !== undefined && this.request !== undefined) {
      if (this.#connections.size >= MAX_REMEMBERED) this.#connections.clear();
      this.#connections.set(opened, this.request);
      return;
    }
    const [, fd, reply] = READY.exec(text) ?? [];
    const ready = fd ?? reply;
    const own = ready === undefined ? undefined : this.#connections.get(ready);
    if (ready !== undefined || ELSEWHERE.test(text)) this.isTied = own !== undefined;
    this.request = own ?? this.request;
  }
}
