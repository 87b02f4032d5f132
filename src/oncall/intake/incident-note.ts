import { z } from 'zod';
import type { AlertSettings } from '../../platform/config/escalation-schema.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Run, RunOutcome } from '../../platform/runs/run.ts';
import { clipToLimit, diagnosisLines } from '../core/pager-text.ts';
import { answerThread, threadOrChannel, whereText } from '../core/threads.ts';
import type { RouteResult } from '../routes/pager-route.ts';
import { type GetJson, joinUrl, type SendJson } from '../routes/send-json.ts';
import { buildSignedHeaders } from '../routes/signature.ts';
import type { StoredAlert } from './alert.ts';

export interface IncidentNoteOptions extends Pick<Dependencies, 'now'> {
  readonly settings: AlertSettings;
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  readonly send: SendJson;
  readonly get: GetJson;
}

export interface Note {
  /** The same for a repeated delivery. */
  readonly id: string;
  readonly text: string;
  /** An earlier attempt ended without a recorded result. */
  readonly mayBeDone?: boolean;
}

/** PagerDuty truncates longer notes (`trimmed`). */
const MAX_NOTE = 20_000;

/** Writes the findings into the incident that started the run. Alertmanager has no notes. */
export async function writeIncidentNote(
  alert: StoredAlert,
  { id, text, mayBeDone = false }: Note,
  options: IncidentNoteOptions,
): Promise<RouteResult> {
  const { settings, readSecret, send, get, now } = options;
  const { incident } = alert;
  if (incident === undefined) return { kind: 'unsupported' };
  const api = settings.pagerduty?.api;
  const content = clipToLimit(text, MAX_NOTE);
  if (alert.source === 'pagerduty' && api !== undefined) {
    const account = { ...api, token: await readSecret(api.token), send, get };
    // The API has no idempotency key.
    if (mayBeDone) {
      const found = await hasPagerDutyNote(incident, content, account);
      if (found.kind !== 'refused') return found;
    }
    return await sendPagerDutyNote(incident, content, account);
  }
  const generic = settings.generic;
  if (alert.source !== 'generic' || generic?.notes === undefined) return { kind: 'unsupported' };
  const body = { schema: 'ftm-check/note@1', origin: 'ftm-check', incident, note: content };
  const headers = buildSignedHeaders(await readSecret(generic.secret), body, `note.${id}`, now());
  return send({ url: generic.notes, provider: 'the webhook for notes', headers, body });
}

/** What is useful without opening the thread. */
export function noteText(run: Run, outcome: RunOutcome): string {
  const where = describePlace(run);
  const on = run.alias === undefined ? '' : ` on ${run.alias}`;
  if (outcome.kind === 'failed') {
    return [`ftm-check could not check${on}: ${outcome.message}`, outcome.advice ?? '', where]
      .filter((line) => line !== '')
      .join('\n');
  }
  const { diagnosis } = outcome;
  const lines = diagnosisLines(diagnosis, threadOrChannel(run));
  return [`ftm-check${on}: ${diagnosis.headline}`, '', ...lines, '', where].join('\n');
}

function describePlace(run: Run): string {
  const thread = answerThread(run);
  if (thread !== undefined) return whereText(thread);
  return run.answeredAt === undefined
    ? 'The answer is not in Slack yet: Slack does not take it now.'
    : 'The answer is not in Slack: ftm-check cannot post in the channel that is mapped to this device.';
}

/** The REST API of PagerDuty (v2): https://developer.pagerduty.com/api-reference/ (incident notes). */
interface PagerDutyAccount {
  readonly url: string;
  readonly token: string;
  /** Mail address of a user: the API wants one for every change. */
  readonly from: string;
  readonly send: SendJson;
  readonly get: GetJson;
}

const PROVIDER = 'PagerDuty';

const notes = z.object({ notes: z.array(z.object({ content: z.string() })) });

async function sendPagerDutyNote(
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
async function hasPagerDutyNote(
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
