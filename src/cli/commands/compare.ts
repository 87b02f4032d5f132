import { readCase } from '../../case/diagnose-case.ts';
import { type ComparedState, compareDevices } from '../../diagnosis/changes/compare-devices.ts';
import { FtmError } from '../../ftm-error.ts';
import { redactCase } from '../../redact/redact-case.ts';
import {
  renderDeviceComparisonJson,
  renderDeviceComparisonMarkdown,
  renderDeviceComparisonText,
} from '../../report/changes/render-device-comparison.ts';
import { ANSI, PLAIN } from '../../report/text/paint.ts';
import { usesColour } from '../colour.ts';
import { EXIT } from '../exit-status.ts';
import { type Io, printData, printJson } from '../io.ts';
import type { CompareFormat } from '../options.ts';
import { readTextFile } from '../read-evidence.ts';
import { readSavedEvidence, type SavedCase } from '../saved-evidence.ts';
import { savedEvidenceAmong } from '../saved-evidence-path.ts';

/**
 * Compares two states of one device, each a backup or evidence that `check --save-evidence` wrote. Resolves with 1 for
 * a new finding, else 0. Rejects with `ftm_usage` or `ftm_evidence_*`.
 */
export async function compare(
  oldPath: string,
  newPath: string,
  { format }: { readonly format: CompareFormat },
  io: Io,
): Promise<number> {
  const old = await readState(oldPath, io);
  const now = await readState(newPath, io);
  const comparison = compareDevices(old, now);
  const states = {
    old: { name: oldPath, diagnosis: old.diagnosis },
    new: { name: newPath, diagnosis: now.diagnosis },
  };
  if (format === 'json') await printJson(io.stdout, renderDeviceComparisonJson(comparison, states));
  else if (format === 'markdown')
    await printData(io.stdout, renderDeviceComparisonMarkdown(comparison, states));
  else {
    const paint = usesColour(io) ? ANSI : PLAIN;
    await printData(io.stdout, renderDeviceComparisonText(comparison, states, paint));
  }
  return comparison.findings.appeared.length > 0 ? EXIT.findings : EXIT.healthy;
}

async function readState(path: string, io: Io): Promise<ComparedState> {
  const { evidence: redacted, focus } = await readEvidence(path, io);
  const { evidence, diagnosis } = readCase(redacted, focus);
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
  return { diagnosis, facts: evidence.facts, focus, lineMaps: evidence.lineMaps };
}

async function readEvidence(path: string, io: Io): Promise<SavedCase> {
  const saved = savedEvidenceAmong([path]);
  if (saved !== undefined) return await readSavedEvidence(saved);
  const text = await readTextFile(path);
  return { evidence: redactCase([{ name: path, text }]), focus: { readAt: io.now() } };
}
