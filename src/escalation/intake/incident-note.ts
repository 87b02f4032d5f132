import type { AlertSettings } from '../../config/escalation-types.ts';
import type { SecretRef } from '../../config/secret-ref.ts';
import type { RunOutcome } from '../../runs/run.ts';
import { cut, diagnosisLines } from '../core/page-text.ts';
import type { RouteResult } from '../routes/page-route.ts';
import type { SendJson } from '../routes/send-json.ts';
import { DELIVERY_HEADER, SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../routes/signature.ts';
import type { IncomingAlert } from './alert.ts';

export interface IncidentNoteOptions {
  readonly settings: AlertSettings;
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  readonly send: SendJson;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** PagerDuty truncates longer notes (`trimmed`). */
const MAX_NOTE = 20_000;

/** Writes the findings into the incident that started the run. Alertmanager has no notes. */
export async function writeIncidentNote(
  alert: IncomingAlert,
  { runId, text }: { readonly runId: string; readonly text: string },
  options: IncidentNoteOptions,
): Promise<RouteResult> {
  const { settings, readSecret, send, now } = options;
  const { incident } = alert;
  if (incident === undefined) return { kind: 'unsupported' };
  const api = settings.pagerduty?.api;
  if (alert.source === 'pagerduty' && api !== undefined) {
    return send({
      url: new URL(`/incidents/${encodeURIComponent(incident)}/notes`, api.url).href,
      provider: 'PagerDuty',
      headers: {
        authorization: `Token token=${await readSecret(api.token)}`,
        accept: 'application/vnd.pagerduty+json;version=2',
        from: api.from,
      },
      body: { note: { content: cut(text, MAX_NOTE) } },
    });
  }
  const generic = settings.generic;
  if (alert.source !== 'generic' || generic?.notes === undefined) return { kind: 'unsupported' };
  const body = { schema: 'ftm-check/note@1', origin: 'ftm-check', incident, note: cut(text, MAX_NOTE) };
  const seconds = Math.floor(now() / 1000);
  return send({
    url: generic.notes,
    provider: 'the webhook for notes',
    headers: {
      [TIMESTAMP_HEADER]: String(seconds),
      [SIGNATURE_HEADER]: signBody(await readSecret(generic.secret), seconds, JSON.stringify(body)),
      [DELIVERY_HEADER]: `note.${runId}`,
    },
    body,
  });
}

/** What is useful without opening the thread; `link` is absent where the answer could not be posted. */
export function noteText(outcome: RunOutcome, link: string | undefined): string {
  const where =
    link === undefined
      ? 'The answer is not in Slack: ftm-check cannot post in the channel that is mapped to this device.'
      : `Thread: ${link}`;
  if (outcome.kind === 'failed') {
    return [`ftm-check could not check: ${outcome.message}`, outcome.advice ?? '', where]
      .filter((line) => line !== '')
      .join('\n');
  }
  const { diagnosis } = outcome;
  return [`ftm-check: ${diagnosis.headline}`, '', ...diagnosisLines(diagnosis), '', where].join('\n');
}
