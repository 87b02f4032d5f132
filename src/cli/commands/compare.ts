import { readCase } from '../../case/diagnose-case.ts';
import { type ComparedState, compareDevices } from '../../diagnosis/changes/compare-devices.ts';
import { FtmError } from '../../ftm-error.ts';
import { readVersion } from '../../observe/version.ts';
import {
  renderDeviceComparisonJson,
  renderDeviceComparisonMarkdown,
  renderDeviceComparisonText,
} from '../../report/changes/render-device-comparison.ts';
import { renderDeviceComparisonHtml } from '../../report/html/render-device-comparison-html.ts';
import { ANSI, PLAIN } from '../../report/text/paint.ts';
import { usesColour } from '../colour.ts';
import { EXIT } from '../exit-status.ts';
import { type Io, printData, printJson } from '../io.ts';
import type { CompareFormat } from '../options.ts';
import { readWholeEvidence } from '../read-whole-evidence.ts';
import { readSavedEvidence, type SavedCase } from '../saved-evidence.ts';
import { savedEvidenceAmong } from '../saved-evidence-path.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Compares two states of one device, each in a form that `analyze` reads. Resolves with 1 for
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
  else if (format === 'html')
    await printData(io.stdout, renderDeviceComparisonHtml(comparison, states, readVersion()));
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
  const limit = {
    bytes: MAX_BYTES,
    message: `${path} is too large: the limit is 64 MB.`,
    advice: 'Keep only its configuration.',
  };
  return { evidence: await readWholeEvidence([path], io, limit), focus: { readAt: io.now() } };
}
