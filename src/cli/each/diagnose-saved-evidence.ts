import { stat } from 'node:fs/promises';
import { diagnoseEvidence } from '../../bot/worker/diagnose-evidence.ts';
import { CASE_LIMITS } from '../../engine/evidence/unpack/unpack.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { type CaseRow, failedRow, toCaseRow } from '../../report/documents/cases/case-row.ts';
import { parseSavedEvidence, readSavedEvidence, type SavedCase } from '../evidence/saved-evidence.ts';
import { TOO_LARGE, unreadableReason } from '../evidence/unreadable-reason.ts';
import type { SavedCaseFile } from './find-saved-cases.ts';

/** The diagnosis of `ftm-check analyze FOLDER`. Never rejects because of a file. */
export async function diagnoseSavedEvidence(
  saved: SavedCaseFile,
  before: readonly string[] | undefined,
): Promise<CaseRow> {
  const { name } = saved;
  try {
    const found = await caseIn(saved);
    if (found === undefined) return failedRow(name, TOO_LARGE, 2);
    return toCaseRow(name, await diagnoseEvidence(found.evidence, found.focus), before);
  } catch (error) {
    return failedRow(name, reasonOf(error, saved), 2);
  }
}

async function caseIn({ evidence }: SavedCaseFile): Promise<SavedCase | undefined> {
  if ('bytes' in evidence) return parseSavedEvidence(new TextDecoder().decode(evidence.bytes), evidence.name);
  const { size } = await stat(evidence.path);
  return size > CASE_LIMITS.bytes ? undefined : await readSavedEvidence(evidence.path);
}

/** As in other rows: without the path and the full stop. */
function reasonOf(error: unknown, { evidence }: SavedCaseFile): string {
  if (!(error instanceof FtmError)) return unreadableReason(error);
  const path = 'path' in evidence ? evidence.path : evidence.name;
  return error.message.replace(`${path} `, '').replace(/\.$/, '');
}
