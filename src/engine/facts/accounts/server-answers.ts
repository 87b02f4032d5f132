import type { Quote, Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { ServerAnswer } from '../values.ts';

/** `2026-05-11T07:30:21.960 …`, `[2026-05-11 07:30:21,960] …`; of a log of a server the zone is not needed. */
const CLOCK = /^\W?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?/;
/**
 * The first line of a login: `Received Access-Request from 10.9.0.1: user wren`, `Received Access-Request Id 42 from …`,
 * `Sending push message[Login] to User[wren]`, `… wren, 42): login attempt for username 'wren'`.
 */
const ASKED = /\bReceived Access-Request\b|\bSending push message\[|\blogin attempt for username\b/;
/** `Push approved by user wren`, `pushd INFO User[wren] approved`, `Duo authentication returned 'allow'` */
const APPROVED =
  /\bPush approved by user\b|\bUser\[[^\]]{1,256}\] approved\b|\bauthentication returned 'allow'/;
/** `Sending Access-Accept to 10.9.0.1`, `Sent Access-Accept Id 42 from …`, `Returning response code 2: AccessAccept` */
const ACCEPTED = /\bSen(?:t|ding) Access-Accept\b|\b[Rr]eturning response code 2\b/;
/** `user wren`, `User[wren]`, `username 'wren'`, `('10.9.0.1', 23014), wren, 42)` */
const USER = /\buser(?:name)?(?: '?|\[)([^\s'\],]{1,256})|\), ([^\s,]{1,256}), \d{1,5}\)/i;
/** `Received Access-Request Id 42 from 10.9.0.1:23014 to …`, `Sent Access-Accept Id 42 from …` */
const ID = /\bAccess-(?:Request|Accept) Id (\d{1,5})\b/;
/** `13:30:09 on the FAC: push approved by wren (8 s after the request)`, `Duo approved at 9 s`, `Push nach 9 s bestätigt` */
const SAID =
  /\b(?:approved|accepted|confirmed|tapped|bestätigt|genehmigt)\b(?:[^.;]|\.(?=\S)){0,60}?(?:\b(?:after|at|nach) (?:about |ca\. ?)?(\d{1,3}) ?s(?:ec(?:ond)?s?)?\b|[( ](\d{1,3}) ?s(?:ec(?:ond)?s?)? (?:after|later)\b)|\bnach (?:etwa |ca\. ?)?(\d{1,3}) ?s(?:ek(?:unden)?)? (?:bestätigt|genehmigt)\b/iu;
/** Part of every line that is read here. */
const ANSWERS =
  /approved|accepted|confirmed|tapped|bestätigt|genehmigt|Access-Request|Access-Accept|Sending push|login attempt|response code 2|returned 'allow'/iu;
const OF_SERVER = /\b(?:push|phone|FAC|FortiAuthenticator|Duo|NPS|MFA|RADIUS|Access-Accept|Handy)\b/i;
const NOT_SAID =
  /\b(?:not|never|nobody|if|unless|must|should|would|could|can|used to|nicht|nie|wenn|falls|soll|muss)\b|n['’]t\b|\?/i;
const MAX_SAID_CHARS = 300;
/** `approved by wren (8 s …)`; not `by the user`. */
const BY = /\bby (?!(?:the|an?|her|him|his|them|me|us|user|phone|push)\b)([^\s,;()]{1,256})/i;

interface Asked {
  readonly user: string | undefined;
  readonly at: number;
  readonly quote: Quote;
}

/** When a server outside of the FortiGate accepted a login, as its own log or a person tells, from the request on. */
export function readServerAnswers(sections: readonly Section[]): Fact<readonly ServerAnswer[]> {
  const answers = new Map<Asked, ServerAnswer>();
  const said: ServerAnswer[] = [];
  const open = new Map<string, Asked>();
  for (const { kind, source, start, lines } of sections) {
    if (kind === 'config') continue;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (!ANSWERS.test(line)) continue;
      const text = line.trim();
      if (SAID.test(text.slice(0, MAX_SAID_CHARS)))
        said.push(...saidAnswer({ source, line: start + index, text }));
      const isAsked = ASKED.test(text);
      const approved = APPROVED.test(text);
      if (!(isAsked || approved || ACCEPTED.test(text))) continue;
      const at = parseSeconds(text);
      const [, plain, listed] = USER.exec(text) ?? [];
      const user = plain ?? listed;
      const key = ID.exec(text)?.[1] ?? user?.toLowerCase();
      if (at === undefined) continue;
      const quote = { source, line: start + index, text };
      if (isAsked) {
        if (key !== undefined && !open.has(key)) open.set(key, { user, at, quote });
        continue;
      }
      const asked = key === undefined && open.size === 1 ? [...open.values()][0] : open.get(key ?? '');
      if (!asked || at < asked.at) continue;
      const before = answers.get(asked);
      const seconds = before?.seconds ?? Math.round((at - asked.at) * 10) / 10;
      const quotes = [...(before?.quotes ?? [asked.quote]), quote];
      answers.set(asked, {
        user: asked.user,
        at: asked.at,
        seconds,
        approved: approved || (before?.approved ?? false),
        quotes,
      });
      // A later login of the user begins with its own request.
      if (!approved) for (const [name, each] of open) if (each === asked) open.delete(name);
    }
  }
  const list = [...answers.values(), ...said];
  return list.length === 0
    ? unknown('the evidence does not show when a server accepted a login')
    : known(
        list,
        list.flatMap(({ quotes }) => quotes),
      );
}

/** What a person wrote of the server’s log. */
function saidAnswer(quote: Quote): readonly ServerAnswer[] {
  const text = quote.text.slice(0, MAX_SAID_CHARS);
  const seconds = SAID.exec(text)
    ?.slice(1)
    .find((each) => each !== undefined);
  if (seconds === undefined || !OF_SERVER.test(text) || NOT_SAID.test(text)) return [];
  return [
    { user: BY.exec(text)?.[1], at: undefined, seconds: Number(seconds), approved: true, quotes: [quote] },
  ];
}

function parseSeconds(text: string): number | undefined {
  const [, date, time, fraction = '0'] = CLOCK.exec(text) ?? [];
  const at = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(at) ? undefined : at / 1000 + Number(`0.${fraction}`);
}
