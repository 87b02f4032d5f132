import type { ComparedState } from '../../engine/diagnosis/changes/compare-devices.ts';
import { diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Io } from '../terminal/io.ts';
import { MAX_FILE_BYTES } from './read-evidence.ts';
import { readWholeCase } from './read-whole-case.ts';

/** One state of a device, in a form that `analyze` reads. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function readComparedState(path: string, io: Io): Promise<ComparedState> {
  const limit = {
    bytes: MAX_FILE_BYTES,
    message: `${path} is too large: the limit is 64 MB.`,
    advice: 'Keep only its configuration.',
  };
  const { evidence: redacted, focus } = await readWholeCase([path], limit, io);
  const { evidence, diagnosis } = diagnoseWithEvidence(redacted, focus);
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
