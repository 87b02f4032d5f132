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

interface Asked {
  readonly user: string | undefined;
  readonly at: number;
  readonly quote: Quote;
}

/** When a server outside of the FortiGate accepted a login, as its own log tells, from the request on. */
export function readServerAnswers(sections: readonly Section[]): Fact<readonly ServerAnswer[]> {
  const answers = new Map<Asked, ServerAnswer>();
  const open = new Map<string, Asked>();
  for (const { kind, source, start, lines } of sections) {
    if (kind === 'config') continue;
    for (const [index, line] of lines.entries()) {
      const text = line.trim();
      const isAsked = ASKED.test(text);
      const approved = APPROVED.test(text);
      if (!(isAsked || approved || ACCEPTED.test(text))) continue;
      const at = secondsOf(text);
      const [, plain, listed] = USER.exec(text) ?? [];
      const user = plain ?? listed;
      const key = ID.exec(text)?.[1] ?? user?.toLowerCase();
      const quote = { source, line: start + index, text };
      if (at === undefined) continue;
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
  const list = [...answers.values()];
  return list.length === 0
    ? unknown('the evidence contains no log of a server that accepted a login')
    : known(
        list,
        list.flatMap(({ quotes }) => quotes),
      );
}

function secondsOf(text: string): number | undefined {
  const [, date, time, fraction = '0'] = CLOCK.exec(text) ?? [];
  const at = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(at) ? undefined : at / 1000 + Number(`0.${fraction}`);
}
