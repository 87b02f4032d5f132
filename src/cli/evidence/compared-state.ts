import type { ComparedState } from '../../engine/diagnosis/changes/compare-devices.ts';
import { diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import { FtmError } from '../../ftm-error.ts';
import type { Io } from '../terminal/io.ts';
import { readWholeEvidence } from './read-whole-evidence.ts';
import { readSavedEvidence, type SavedCase } from './saved-evidence.ts';
import { savedEvidenceAmong } from './saved-evidence-path.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** One state of a device, in a form that `analyze` reads. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function readComparedState(path: string, io: Io): Promise<ComparedState> {
  const saved = await readEvidence(path, io);
  const { focus } = saved;
  const { evidence, diagnosis } = diagnoseWithEvidence(saved.evidence, focus);
  if (!evidence.recognised) {
    throw new FtmError('ftm_evidence_unreadable', `${path} shows nothing of a FortiGate.`, {
      advice: 'Compare two backups, or two folders of `ftm-check check --save-evidence`.',
    });
  }
  if (evidence.devices.length > 1 && focus.alias === undefined) {
    throw new FtmError('ftm_usage', `${path} shows ${evidence.devices.length} devices.`, {
      advice: 'A comparison is about one device: keep only its part.',
    });
  }
  const { facts, inVdom, lineMaps } = evidence;
  return { diagnosis, facts, inVdom, focus, lineMaps };
}

async function readEvidence(path: string, io: Io): Promise<SavedCase> {
  const saved = savedEvidenceAmong([path]);
  if (saved !== undefined) return await readSavedEvidence(saved);
  const limit = {
    bytes: MAX_BYTES,
    message: `${path} is too large: the limit is 64 MB.`,
    advice: 'Keep only its configuration.',
  };
  return { evidence: await readWholeEvidence([path], io, limit), focus: { readAt: io.now() } };
}
