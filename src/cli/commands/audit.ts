import { FtmError } from '../../engine/ftm-error.ts';
import type { ChainLink } from '../../platform/audit/audit-line.ts';
import { findTrailFiles, linesOfFiles } from '../../platform/audit/read-lines.ts';
import { type Verified, type VerifyOptions, verifyTrail } from '../../platform/audit/verify-trail.ts';
import { plural } from '../../report/documents/printable.ts';
import { EXIT } from '../process/exit-status.ts';
import { type Io, print } from '../terminal/io.ts';

/** `paths`: files, folders, or `-`. Exit status: 0 intact, 1 broken, 2 not a trail or not readable. */
export async function auditVerify(
  paths: readonly string[],
  { anchor, amongOthers }: { readonly anchor: readonly string[]; readonly amongOthers: boolean },
  io: Io,
): Promise<number> {
  const files = await findTrailFiles(paths);
  const verified = await readAndVerify(files, { anchors: anchor.map(readAnchor), amongOthers }, io);
  if (verified.state === 'broken') {
    const { file, line } = verified;
    const name = files.length > 1 ? `${files[file]} ` : '';
    const where = line === 0 ? '' : `${name}line ${line}: `;
    await print(io.stdout, `broken: ${where}${verified.reason}`);
    return EXIT.findings;
  }
  const { lines, chains } = verified;
  await print(io.stdout, `whole: ${plural(lines, 'line')} in ${plural(chains.length, 'chain')}`);
  for (const { chain, seq, hash, closed } of chains) {
    await print(io.stdout, `${closed ? 'closed' : 'open  '} ${chain}:${seq}:${hash}`);
  }
  if (chains.some(({ closed }) => !closed)) {
    await print(
      io.stderr,
      'An open chain belongs to a process that is running, was killed, or whose last lines were cut off. An anchor shows which (--anchor).',
    );
  }
  return EXIT.healthy;
}

async function readAndVerify(files: readonly string[], options: VerifyOptions, io: Io): Promise<Verified> {
  try {
    return await verifyTrail(linesOfFiles(files, io.stdin), options);
  } catch (cause) {
    throw new FtmError('ftm_usage', `The audit trail cannot be read: ${files.join(', ')}.`, { cause });
  }
}

function readAnchor(text: string): ChainLink {
  const [, chain, seq, hash] = /^([0-9a-f]+):(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (chain === undefined || hash === undefined) {
    throw new FtmError('ftm_usage', 'An anchor has the form CHAIN:NUMBER:HASH.', {
      advice: '`ftm-check audit verify` prints them, and `serve` logs them.',
    });
  }
  return { chain, seq: Number(seq), hash };
}
