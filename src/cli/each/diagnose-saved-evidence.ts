import { diagnoseEvidence } from '../../bot/worker/diagnose-evidence.ts';
import { type CaseRow, failedRow, toCaseRow } from '../../report/documents/cases/case-row.ts';
import { readWholeFile } from '../evidence/read-evidence.ts';
import { parseSavedEvidence } from '../evidence/saved-evidence.ts';
import { unreadableReason } from '../evidence/unreadable-reason.ts';
import type { SavedCaseFile } from './find-saved-cases.ts';

/** The diagnosis of `ftm-check analyze FOLDER`. Never rejects because of a file. */
export async function diagnoseSavedEvidence(
  { name, evidence: file }: SavedCaseFile,
  before: readonly string[] | undefined,
): Promise<CaseRow> {
  try {
    const bytes = 'bytes' in file ? file.bytes : await readWholeFile(file.path);
    const { evidence, focus } = parseSavedEvidence(new TextDecoder().decode(bytes), file.name);
    return toCaseRow(name, await diagnoseEvidence(evidence, focus), before);
  } catch (error) {
    return failedRow(name, unreadableReason(error), 2);
  }
}
