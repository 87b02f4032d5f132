import type { LoginSign } from '../../fortios/debug/login-signs.ts';
import { CLIENT_ID } from '../attempt.ts';
import type { EventRef } from './event-ref.ts';
import { absorb, addSign, current, MAX_REMEMBERED, remember, type Trace } from './trace.ts';

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
  /** Sessions of sslvpn above which no answer of samld stands, with their users. */
  readonly #answerless = new Map<Trace, string>();

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
    const unclaimed = this.#unclaimed().filter((each) => each !== session);
    const own = unclaimed.findLast((each) => isAnswerFor(each, user)) ?? unclaimed.at(-1);
    if (own) absorb(session, own);
    else if (!session.signs.has('saml-attribute') && this.#answerless.size < MAX_REMEMBERED) {
      this.#answerless.set(session, user);
    }
    session.person = user;
  }

  /** A person may copy the lines of samld below those of sslvpn: the one answer for a user is of that user’s one login. */
  joinAnswersBelow(): void {
    const waiting = [...this.#answerless];
    const left = this.#unclaimed();
    for (const [session, user] of waiting) {
      const [answer, another] = left.filter((each) => isAnswerFor(each, user));
      const isOnly = waiting.every(([other, whose]) => other === session || whose !== user);
      if (answer && !another && isOnly) absorb(current(session), answer);
    }
  }

  #unclaimed(): readonly Trace[] {
    return [...new Set([...this.#jobs.values()].map(current))].filter(
      ({ claimed, vpn }) => !claimed && vpn === undefined,
    );
  }

  /** The answer of the identity provider for a client, by authd's id or as the only one left. */
  findAnswer(client: string): Trace | undefined {
    return this.#clients.get(client) ?? this.#findUnclaimedAnswer(client);
  }

  /** Without authd’s debug nothing names the client: its answer is the only one that no login has claimed. */
  #findUnclaimedAnswer(client: string): Trace | undefined {
    if (!CLIENT_ID.test(client)) return undefined;
    const [answer, another] = this.#unclaimed().filter(({ signs }) => signs.has('saml-attribute'));
    return another ? undefined : answer;
  }
}

function isAnswerFor({ signs }: Trace, user: string): boolean {
  return signs.get('saml-attribute')?.some(({ fields }) => fields.value === user) === true;
}
