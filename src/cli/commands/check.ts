import { toRefusal } from '../../bot/requests/refusal.ts';
import type { CollectionProgress } from '../../device/collector.ts';
import { compareDevices } from '../../engine/diagnosis/changes/compare-devices.ts';
import { diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import { redact } from '../../engine/evidence/redact.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { refuseLive } from '../../platform/access/decide.ts';
import { createComparisonDocument } from '../../report/documents/changes/comparison.ts';
import { readComparedState } from '../evidence/compared-state.ts';
import { checkOne } from '../fleet/check-fleet.ts';
import { mayBeOn } from '../process/debug-cleanup.ts';
import { statusOfVerdict } from '../process/exit-status.ts';
import { openPrivateFile, unwritable } from '../process/private-file.ts';
import { type CheckOptions, deviceFormat } from '../program/options.ts';
import { createTerminalCollector } from '../terminal/collector.ts';
import { type Io, printData, printNow } from '../terminal/io.ts';
import { printDiagnosis } from '../terminal/print-diagnosis.ts';
import { printDocument } from '../terminal/print-document.ts';
import { showProgress } from '../terminal/show-progress.ts';
import { dryRun } from './dry-run.ts';
import { openNamedDevice } from './named-device.ts';

export async function check([host = '']: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const { user, vdom, live, client, symptom, upgradeTo } = options;
  const format = deviceFormat(options.format);
  refuseContradictions(options);
  const device = await openNamedDevice(host, options, io);
  const refused = live === undefined ? undefined : refuseLive(device, live);
  if (refused) throw toRefusal(refused, device);
  const before = options.compare === undefined ? undefined : await readComparedState(options.compare, io);
  await using transcript = await openTranscript(options, io);
  using progress = showProgress(device.alias, io);
  if (options.dryRun) {
    const collect = createTerminalCollector(io, transcript?.received);
    return await dryRun({ device, collect, options, onProgress: progress.update }, io);
  }
  const stopWatching = new AbortController();
  const onProgress = (value: CollectionProgress) => {
    // The first Ctrl-C during a live session ends the session, and the answer is given.
    io.onInterrupt?.(value.phase === 'watching' ? () => stopWatching.abort() : undefined);
    const isOpen = value.phase === 'watching' || value.phase === 'closing';
    io.setExitText?.(isOpen ? mayBeOn(device.alias) : undefined);
    progress.update(value);
  };
  const details = { client, symptom };
  const stop = { onProgress, stopWatching: stopWatching.signal };
  const { diagnosis, evidence, focus, tookMs } = await checkOne(
    { device, user, vdom, upgradeTo, live, details, ...stop },
    { saveEvidence: options.saveEvidence, onReceived: transcript?.received },
    io,
  ).finally(() => io.setExitText?.(undefined));
  progress.clear();
  const canWatch = device.live !== undefined;
  await printDiagnosis(diagnosis, { format, tookMs, vdom, canWatch, evidence: evidence.items }, io);
  if (before !== undefined && options.compare !== undefined) {
    const found = diagnoseWithEvidence(evidence, focus);
    const { facts, inVdom, lineMaps } = found.evidence;
    const comparison = compareDevices(before, { diagnosis, facts, inVdom, focus, lineMaps });
    const states = {
      old: { name: options.compare, diagnosis: before.diagnosis },
      new: { name: device.alias, diagnosis },
    };
    await printData(io.stdout, '\n');
    const shown = { format: format === 'markdown' ? format : 'text' } as const;
    await printDocument(createComparisonDocument(comparison, states), shown, io);
  }
  return statusOfVerdict(diagnosis.verdict);
}

/** Contradictions of two options are refused where these are declared. */
function refuseContradictions({ transcript, transcriptRaw, compare, baseline, format }: CheckOptions): void {
  if (baseline !== undefined)
    throw new FtmError('ftm_usage', '--baseline needs several devices.', {
      advice: 'Use `--compare` for one device, or name a --group or --all.',
    });
  if (compare !== undefined && format !== 'text' && format !== 'markdown')
    throw new FtmError('ftm_usage', '--compare adds to an answer in text or Markdown.', {
      advice: 'Use --save-evidence, and `ftm-check compare` with the format that you need.',
    });
  if (transcriptRaw && transcript === undefined)
    throw new FtmError('ftm_usage', '--transcript-raw needs --transcript.', {
      advice: 'Add `--transcript FILE`.',
    });
}

/**
 * What a device printed during a check, with the commands that it echoed, in a file that only this user can read. A
 * secret may extend over several chunks, so the file is redacted and written at the end; also after a failed check,
 * because it is needed most then. `transcriptRaw`: not redacted, with every control character. Rejects with `ftm_usage`.
 */
async function openTranscript({ transcript: path, transcriptRaw: raw }: CheckOptions, io: Io) {
  if (path === undefined) return undefined;
  const file = await openPrivateFile(path, 'replace');
  const pieces: Buffer[] = [];
  const warning = `Warning: ${path} will hold secrets of the device as it prints them. Do not pass it on.`;
  if (raw) printNow(io.stderr, warning);
  return {
    received: (bytes: Buffer) => void pieces.push(Buffer.from(bytes)),
    async [Symbol.asyncDispose]() {
      const bytes = Buffer.concat(pieces);
      try {
        const [redacted] = raw ? [] : redact([{ name: 'transcript', text: bytes.toString('utf8') }]).items;
        await file.writeFile(raw ? bytes : (redacted?.text ?? ''));
      } catch (cause) {
        throw unwritable(path, cause);
      } finally {
        await file.close();
      }
    },
  };
}
