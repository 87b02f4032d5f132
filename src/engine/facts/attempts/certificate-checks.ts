import type { LoginSign } from '../../fortios/debug/login-signs.ts';
import type { EventRef } from './event-ref.ts';
import { addSign, current, findLatest, remember, type Trace } from './trace.ts';

/** `opt` of a check of the FortiGate itself, as of FortiGuard’s certificate, and of one of IKE. */
const OWN = '8';
const OF_IKE = '6';

/** Ties fnbamd's checks of certificates, which are requests of their own, to the negotiations whose clients sent them. */
export class CertificateChecks {
  readonly #open: (ref: EventRef, about: Partial<Trace>) => Trace;
  /** By request; nothing for a check that is about no client. */
  readonly #checks = new Map<string, Trace | undefined>();
  /** The request on which fnbamd worked before the check. */
  readonly #before = new Map<string, string>();
  /** The request on which fnbamd works, which is no check. */
  #latest: string | undefined;

  constructor(open: (ref: EventRef, about: Partial<Trace>) => Trace) {
    this.#open = open;
  }

  begin(
    { request = '', opt }: LoginSign['fields'],
    ref: EventRef,
    negotiations: ReadonlyMap<string, Trace>,
  ): void {
    const tied = new Set([...this.#checks.values()].map((trace) => trace && current(trace)));
    const sentOne = ({ signs }: Trace) => signs.has('certificate-asked') || signs.has('peer-certificate');
    const asked =
      findLatest(negotiations, (each) => sentOne(each) && !tied.has(each)) ??
      findLatest(negotiations, sentOne);
    const isAlone = negotiations.size === 0 && opt === OF_IKE;
    const trace = asked ?? (isAlone ? this.#open(ref, { vpn: 'ike' }) : undefined);
    remember(this.#checks, request, opt === OWN ? undefined : trace);
    if (this.#latest !== undefined) remember(this.#before, request, this.#latest);
  }

  /** False for a line about another request. After its result, `resume` gets the request before it. */
  add(
    request: string | undefined,
    sign: LoginSign,
    ref: EventRef,
    resume: (request: string) => void,
  ): boolean {
    if (request === undefined || !this.#checks.has(request)) {
      this.#latest = request;
      return false;
    }
    const trace = this.#checks.get(request);
    if (trace && sign.sign.startsWith('certificate-')) addSign(current(trace), sign, ref);
    const before = this.#before.get(request);
    if (sign.sign === 'request-result' && before !== undefined) resume(before);
    return true;
  }
}
