import { type IkePrefix, readIkePrefix } from '../../fortios/debug/ike-events.ts';
import { type LoginSign, readLoginSign } from '../../fortios/debug/login-signs.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { EventRef } from './event-ref.ts';
import { absorb, addSign, current, findGateway, findLatest, remember, type Trace, takeOut } from './trace.ts';

export type GetRef = (words: object) => EventRef;

/** Lines of IKE by their negotiation: its serial number, or its tunnel before it is numbered. */
export class IkeTraces {
  readonly negotiations = new Map<string, Trace>();
  readonly #begin: (ref: EventRef, about: Partial<Trace>) => Trace;
  #lastPacket: { readonly sign: LoginSign; readonly ref: EventRef } | undefined;
  #last: Trace | undefined;

  constructor(begin: (ref: EventRef, about: Partial<Trace>) => Trace) {
    this.#begin = begin;
  }

  add(record: DebugRecord, getRef: GetRef): void {
    const prefix = readIkePrefix(record.text);
    if (!prefix) return;
    const sign = readLoginSign(record, prefix.text);
    if (!sign) return;
    const ref = getRef(sign.fields);
    if (sign.sign === 'ike-packet') {
      this.#lastPacket = { sign, ref };
      return;
    }
    const trace =
      sign.sign === 'no-policy' && prefix.serial === undefined
        ? this.#beginRefused(prefix, ref)
        : this.follow(prefix, ref);
    if (trace) addSign(trace, sign, ref);
  }

  /** Refused before it is numbered: one negotiation of its own. */
  #beginRefused({ vdom, tunnel }: IkePrefix, ref: EventRef): Trace {
    const trace = this.#begin(ref, { vpn: 'ike', vdom, gateway: tunnel });
    this.#addLastPacket(trace);
    const last = this.#last;
    if (last && !last.claimed && last.gateway === undefined) absorb(trace, last);
    return trace;
  }

  #addLastPacket(trace: Trace): void {
    if (this.#lastPacket) addSign(trace, this.#lastPacket.sign, this.#lastPacket.ref);
  }

  follow(prefix: IkePrefix, ref: EventRef): Trace | undefined {
    const { vdom, serial } = prefix;
    const gateway = findGateway(prefix);
    if (serial === undefined) {
      const last = this.#last;
      const isOf = (each: Trace) => each.gateway === gateway || each === last;
      // IKE only deletes a refused negotiation: a line about a user belongs to another one of the tunnel.
      const isOpen = (each: Trace) => isOf(each) && !each.signs.has('peer-id-refused');
      return findLatest(this.negotiations, isOpen) ?? findLatest(this.negotiations, isOf);
    }
    const known = this.negotiations.get(serial);
    const begun = known ?? takeOut(this.negotiations, prefix.tunnel) ?? this.#begin(ref, { vpn: 'ike' });
    const trace = known ? current(known) : remember(this.negotiations, serial, current(begun));
    trace.vdom ??= vdom;
    if (!known) this.#addLastPacket(trace);
    trace.gateway ??= gateway;
    this.#last = trace;
    return trace;
  }

  /** A line without a daemon's name that tells of the client of the negotiation before it. */
  addNameless(record: DebugRecord, getRef: GetRef): void {
    const { text } = record;
    if (!this.#last || !/^(?:FCTVER|REG_STATUS|USER)=/.test(text)) return;
    const sign = readLoginSign({ ...record, daemon: 'ike' }, text);
    if (sign) addSign(current(this.#last), sign, getRef(sign.fields));
  }

  /** The negotiation of a login. `isFollowed`: an earlier line of it was kept. */
  link({ serial, tunnel }: IkePrefix, trace: Trace, isFollowed: boolean): void {
    if (serial !== undefined || !isFollowed) remember(this.negotiations, serial ?? tunnel, trace);
    this.#last = trace;
  }
}
