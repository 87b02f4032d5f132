import { z } from 'zod';
import type { RouteResult } from './pager-route.ts';
import { type GetJson, joinUrl, type SendJson } from './send-json.ts';

/** The REST API of PagerDuty (v2): https://developer.pagerduty.com/api-reference/ (incident notes). */
export interface PagerDutyAccount {
  readonly url: string;
  readonly token: string;
  /** Mail address of a user: the API wants one for every change. */
  readonly from: string;
  readonly send: SendJson;
  readonly get: GetJson;
}

const PROVIDER = 'PagerDuty';

const notes = z.object({ notes: z.array(z.object({ content: z.string() })) });

export async function sendPagerDutyNote(
  incident: string,
  content: string,
  account: PagerDutyAccount,
): Promise<RouteResult> {
  const { send, from } = account;
  return await send({
    ...buildRequest(incident, account),
    headers: { ...buildHeaders(account), from },
    body: { note: { content } },
  });
}

/** Accepted if the incident has a note with this text; refused if it has none, or its notes cannot be read. */
export async function hasPagerDutyNote(
  incident: string,
  content: string,
  account: PagerDutyAccount,
): Promise<Exclude<RouteResult, { kind: 'unsupported' }>> {
  const read = await account.get({ ...buildRequest(incident, account), headers: buildHeaders(account) });
  if (read.kind === 'later' || read.kind === 'refused') return read;
  const parsed = read.kind === 'read' ? notes.safeParse(read.body) : undefined;
  const isThere = parsed?.data?.notes.some((note) => note.content.trim() === content.trim()) ?? false;
  return isThere ? { kind: 'accepted' } : { kind: 'refused', reason: 'The incident has no such note.' };
}

function buildRequest(incident: string, { url }: PagerDutyAccount) {
  return { url: joinUrl(url, `/incidents/${encodeURIComponent(incident)}/notes`), provider: PROVIDER };
}

function buildHeaders({ token }: PagerDutyAccount) {
  return { authorization: `Token token=${token}`, accept: 'application/vnd.pagerduty+json;version=2' };
}
