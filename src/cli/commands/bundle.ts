import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { readVersion } from '../../platform/observe/version.ts';
import type { Run } from '../../platform/runs/run.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import { createBundle } from '../../report/documents/bundle/create-bundle.ts';
import { EXIT } from '../process/exit-status.ts';
import { writePrivateFile } from '../process/private-file.ts';
import { type Io, printNow } from '../terminal/io.ts';
import type { DeviceSource } from './named-device.ts';

export interface PackOptions extends DeviceSource {
  /** An alias: the device is read, instead of files. */
  readonly device?: string;
  readonly user?: string;
  readonly vdom?: string;
  readonly output?: string;
}

const LIMIT = {
  bytes: 20 * 1024 * 1024,
  message: 'This is too large for an archive: 20 MB are read.',
  advice: 'Cut the log around the login, or use `ftm-check analyze`.',
};

interface Answered {
  readonly diagnosis: Diagnosis;
  /** Redacted. */
  readonly evidence: readonly EvidenceItem[];
  readonly target: Pick<Run, 'kind' | 'alias' | 'user' | 'vdom'>;
}

/** Writes the archive of one case for the vendor's support or the next engineer. Rejects with `ftm_*`. */
export async function bundle(files: readonly string[], options: PackOptions, io: Io): Promise<number> {
  refuseContradictions(files, options);
  const acceptedAt = io.now();
  const startedAt = performance.now();
  const answered = await answer(files, options, io);
  const tookMs = Math.round(performance.now() - startedAt);
  const made = createBundle(
    {
      run: {
        id: 'terminal',
        asker: { id: 'terminal' },
        replyTo: { channel: 'terminal' },
        acceptedAt,
        answeredAt: acceptedAt + tookMs,
        ...answered.target,
        outcome: { kind: 'diagnosed', diagnosis: answered.diagnosis, tookMs },
      },
      evidence: answered.evidence,
      events: [],
      version: readVersion(),
    },
    { sha256 },
  );
  const path = options.output ?? made.filename;
  await writePrivateFile(path, made.zip);
  const size = `${Math.ceil(made.zip.length / 1024)} KB`;
  printNow(io.stderr, `Wrote ${path} (${size}). ticket.txt in it is ready to paste; secrets are replaced.`);
  return EXIT.healthy;
}

function refuseContradictions(files: readonly string[], { device, user, vdom }: PackOptions): void {
  if (device !== undefined && files.length > 0)
    throw new FtmError('ftm_usage', 'The evidence is either files or what `--device` reads.', {
      advice: 'Use one of them.',
    });
  if (device === undefined && (user !== undefined || vdom !== undefined))
    throw new FtmError('ftm_usage', '`--user` and `--vdom` are for `--device`.', {
      advice: 'Add `--device HOST`.',
    });
}

async function answer(files: readonly string[], options: PackOptions, io: Io): Promise<Answered> {
  if (options.device !== undefined) return await answerDevice(options.device, options, io);
  const { diagnoseEvidence } = await import('../../bot/worker/diagnose-evidence.ts');
  const { readWholeCase } = await import('../evidence/read-whole-case.ts');
  const { evidence, focus } = await readWholeCase(files, LIMIT, io);
  const { alias, user, vdom } = focus;
  return {
    diagnosis: await diagnoseEvidence(evidence, focus),
    evidence: evidence.items,
    target: alias === undefined ? { kind: 'analyze' } : { kind: 'check', alias, user, vdom },
  };
}

/** Reads a device as `check` does, without watching a login. */
async function answerDevice(host: string, options: PackOptions, io: Io): Promise<Answered> {
  const { diagnoseReading, readDevice } = await import('../../bot/worker/check-device.ts');
  const { createTerminalCollector } = await import('../terminal/collector.ts');
  const { showProgress } = await import('../terminal/show-progress.ts');
  const { openNamedDevice } = await import('./named-device.ts');
  const device = await openNamedDevice(host, options, io);
  using progress = showProgress(device.alias, io);
  const { user, vdom } = options;
  const asked = { device, user, vdom, readAt: io.now(), signal: io.signal, onProgress: progress.update };
  const reading = await readDevice(asked, createTerminalCollector(io));
  const { diagnosis } = await diagnoseReading(asked, reading);
  const target = { kind: 'check', alias: device.alias, user, vdom } as const;
  return { diagnosis, evidence: reading.evidence.items, target };
}
