import { compareDevices } from '../../engine/diagnosis/changes/compare-devices.ts';
import { readVersion } from '../../platform/observe/version.ts';
import {
  renderDeviceComparisonJson,
  renderDeviceComparisonMarkdown,
  renderDeviceComparisonText,
} from '../../report/documents/changes/render-device-comparison.ts';
import { renderDeviceComparisonHtml } from '../../report/formats/html/render-device-comparison-html.ts';
import { ANSI, PLAIN } from '../../report/formats/text/paint.ts';
import { readComparedState } from '../evidence/compared-state.ts';
import { EXIT } from '../process/exit-status.ts';
import type { CompareFormat } from '../program/options.ts';
import { usesColour } from '../terminal/colour.ts';
import { type Io, printData, printJson } from '../terminal/io.ts';

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
  const old = await readComparedState(oldPath, io);
  const now = await readComparedState(newPath, io);
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
