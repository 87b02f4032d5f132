import type { LoginSign } from '../../fortios/debug/login-signs.ts';
import { CLIENT_ID } from '../attempt.ts';
import type { EventRef } from './event-ref.ts';
import { absorb, addSign, current, remember, type Trace } from './trace.ts';

/** Ties the lines of samld by job, and those of authd by the id of the client. */
export class SamlTraces {
  readonly #open: (ref: EventRef, about: Partial<Trace>) => Trace;
  readonly #jobs = new Map<string, Trace>();
  readonly #clients = new Map<string, Trace>();
  #job = '';
  #uid: string | undefined;
  #clientAddress: string | undefined;
  /** The session of sslvpn that samld's next job is for. */
  #posted: Trace | undefined;

  constructor(open: (ref: EventRef, about: Partial<Trace>) => Trace) {
    this.#open = open;
  }

  add(sign: LoginSign, ref: EventRef): void {
    const { fields } = sign;
    if (sign.sign === 'saml-client') this.#uid = fields.uid;
    else if (sign.sign === 'saml-client-address') this.#clientAddress = fields.client;
    else if (sign.sign === 'saml-client-job') this.#beginClientJob(sign, ref);
    else this.#addToJob(sign, ref);
  }

  #beginClientJob(sign: LoginSign, ref: EventRef): void {
    const trace = this.#open(ref, { vpn: 'ike', client: this.#clientAddress });
    remember(this.#jobs, sign.fields.job ?? '', trace);
    if (this.#uid !== undefined) remember(this.#clients, this.#uid, trace);
    addSign(trace, sign, ref);
  }

  #addToJob(sign: LoginSign, ref: EventRef): void {
    this.#job = sign.fields.job ?? this.#job;
    const known = this.#jobs.get(this.#job);
    let trace = known ? current(known) : remember(this.#jobs, this.#job, this.#open(ref, {}));
    const posted = this.#posted && current(this.#posted);
    if (sign.sign === 'saml-job' && posted && !posted.claimed && trace.vpn === undefined) {
      absorb(posted, trace);
      trace = remember(this.#jobs, this.#job, posted);
    }
    this.#posted = undefined;
    addSign(trace, sign, ref);
  }

  /** What fnbamd keeps of an answer, by the id of the client. */
  addCacheEntry(sign: LoginSign, ref: EventRef): void {
    const known = this.#clients.get(sign.fields.uid ?? '');
    if (!known) return;
    current(known).person = sign.fields.user;
    addSign(current(known), sign, ref);
  }

  addPost(session: Trace): void {
    this.#posted = session;
  }

  /** The response names the user, whom sslvpn then names too. */
  join(session: Trace, user: string): void {
    const unclaimed = [...this.#jobs.values()]
      .map(current)
      .filter((each) => each !== session && each.vpn === undefined);
    const own =
      unclaimed.findLast((each) =>
        each.signs.get('saml-attribute')?.some(({ fields }) => fields.value === user),
      ) ?? unclaimed.at(-1);
    if (own) absorb(session, own);
    session.person = user;
  }

  /** The answer of the identity provider for a client, by authd's id or as the only one left. */
  findAnswer(client: string): Trace | undefined {
    return this.#clients.get(client) ?? this.#findUnclaimedAnswer(client);
  }

  /** Without authd’s debug nothing names the client: its answer is the only one that no login has claimed. */
  #findUnclaimedAnswer(client: string): Trace | undefined {
    if (!CLIENT_ID.test(client)) return undefined;
    const [answer, another] = [...new Set([...this.#jobs.values()].map(current))].filter(
      (each) => !each.claimed && each.vpn === undefined && each.signs.has('saml-attribute'),
    );
    return another ? undefined : answer;
  }
}
