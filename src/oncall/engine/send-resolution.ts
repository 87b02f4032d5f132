import { createHash } from 'node:crypto';
import { FtmError } from '../../ftm-error.ts';
import { findResolution } from '../core/escalation.ts';
import { whereText } from '../core/thread-link.ts';
import { writeIncidentNote } from '../intake/incident-note.ts';
import { actorName } from '../thread/people.ts';
import type { AfterAnswerContext } from './after-answer.ts';

const RETENTION_MS = 7 * 24 * 3_600_000;
/** Written before the note is sent: after a crash it is looked up. */
const BEGUN = 'begun';

/**
 * Writes the note of the person who resolved a page into the incidents that started its checks, once each. Rejects if
 * the job should be retried.
 */
export async function sendResolution(escalationId: string, parts: AfterAnswerContext): Promise<void> {
  const escalation = (await parts.store.get(escalationId))?.escalation;
  const resolution = escalation && findResolution(escalation);
  const { writeIncidentNote: options, alertIndex, records, logger } = parts;
  if (escalation === undefined || resolution?.by === undefined || options === undefined) return;
  const text = `Resolved by ${actorName(resolution.by)}: ${resolution.reason ?? ''}\n${whereText(escalation.thread)}`;
  const runIds = [escalation.runId, ...escalation.laterRuns];
  const alerts = (await Promise.all(runIds.map((runId) => alertIndex.of(runId)))).flat();
  let later: string | undefined;
  for (const { alert, over } of alerts) {
    if (over || alert.incident === undefined) continue;
    const mark = fingerprint(`${escalationId} ${alert.source} ${alert.incident}`);
    const key = `resolution-noted:${mark}`;
    const known = await records.get(key);
    if (known !== undefined && known.text !== BEGUN) continue;
    if (known === undefined) await records.put(key, BEGUN, 0, RETENTION_MS);
    const note = { runId: `resolution.${mark}`, text, mayBeDone: known !== undefined };
    const sent = await writeIncidentNote(alert, note, options);
    if (sent.kind === 'later') {
      later = sent.reason;
      continue;
    }
    if (sent.kind === 'refused') {
      logger.warn({ escalation: escalationId, reason: sent.reason }, 'note not added to the incident');
    }
    await records.put(key, 'noted', known?.version ?? 1, RETENTION_MS);
  }
  if (later !== undefined) throw new FtmError('ftm_internal', later, { retryable: true });
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
