import { randomBytes } from 'node:crypto';
import { FtmError } from '../../ftm-error.ts';
import { AUDIT_SCHEMA, type ChainLink, serializeLine, sha256 } from './audit-line.ts';
import type { AuditEvent } from './events.ts';
import type { TrailEnd } from './trail-end.ts';

const LOCK_TRIES = 3;

/** Target of the lines. */
export interface AuditSink {
  /** Appends with one write, and returns the number of bytes written. Throws if none were. */
  readonly write: (bytes: Buffer) => number;
  /** For a trail that several processes write: calls `work` while no other process writes, and returns what it returns. */
  readonly together?: (work: (shared: SharedTrail) => boolean) => boolean;
  readonly close: () => void;
}

/** The end of a trail that several processes write. */
export interface SharedTrail {
  /** The line that the next one follows. */
  readonly after?: TrailEnd;
  /** The last line of the file. */
  readonly follows?: ChainLink;
  /** Hash of an incomplete line at the end of the file. */
  readonly torn?: string;
  /** False if this process was suspended for so long that another one has the lock. */
  readonly isHeld: () => boolean;
  /** Call it with the line that was written. */
  readonly storeEnd: (end: TrailEnd) => void;
}

export interface AuditTrail {
  /**
   * Appends one line, or throws `ftm_internal`: an action that cannot be recorded must not happen. The line has been
   * passed to the operating system when this returns; a power failure can still lose the last lines.
   */
  record(event: AuditEvent): void;
  /** The latest line. Stored elsewhere, it shows later that the trail was not cut before it. */
  readonly head: () => ChainLink | undefined;
  /** False if all processes write to one file, where each line contains the hash of the one before. */
  readonly isAlone: boolean;
  /** The last line that `recordHeads` did not write. */
  readonly recorded: () => ChainLink | undefined;
  /** Records the last lines of other processes, so that these cannot be removed unnoticed. */
  recordHeads(heads: readonly ChainLink[]): void;
  /** Records that this process ends normally. */
  close(): void;
}

/** Starts a new chain; every line contains the hash of the previous one. Times are UTC. */
export function openAuditTrail(sink: AuditSink, now: () => number): AuditTrail {
  const chain = randomBytes(8).toString('hex');
  let head: ChainLink | undefined;
  let recorded: ChainLink | undefined;
  /** Hashes of incomplete lines in the file; a later line records each. */
  const torn: string[] = [];
  /** The trail ends with an incomplete line; the next line must not be appended to it. */
  let inPiece = false;

  function append(fields: object): void {
    const { together } = sink;
    if (together === undefined) return void write(fields);
    try {
      for (let tries = 0; tries < LOCK_TRIES; tries += 1)
        if (together((shared) => write(fields, shared))) return;
    } catch (cause) {
      throw cause instanceof FtmError ? cause : notWritten(cause);
    }
    throw notWritten(new Error('another process holds it'));
  }

  /** False if another process is writing. */
  function write(fields: object, shared?: SharedTrail): boolean {
    const seq = head === undefined ? 0 : head.seq + 1;
    if (shared?.torn !== undefined && !torn.includes(shared.torn)) torn.push(shared.torn);
    if (shared !== undefined) inPiece = shared.torn !== undefined;
    const number = (shared?.after?.number ?? -1) + 1;
    const { text, hash } = serializeLine({
      audit: AUDIT_SCHEMA,
      chain,
      seq,
      at: new Date(now()).toISOString(),
      prev: head?.hash ?? '',
      ...(shared === undefined ? {} : { number, after: shared.after?.hash ?? '' }),
      ...fields,
      ...(seq > 0 || shared?.follows === undefined ? {} : { follows: shared.follows }),
      torn: torn[0],
    });
    if (shared?.isHeld() === false) return false;
    put(`${inPiece ? '\n' : ''}${text}\n`, shared !== undefined);
    shared?.storeEnd({ hash, number });
    torn.shift();
    inPiece = false;
    head = { chain, seq, hash };
    return true;
  }

  function put(text: string, isShared: boolean): void {
    const bytes = Buffer.from(text);
    let cause: unknown;
    let written = 0;
    try {
      written = sink.write(bytes);
    } catch (error) {
      cause = error;
    }
    if (written === bytes.length) return;
    if (isShared) throw notWritten(cause ?? new Error('only a part could be written'));
    // A full disk accepts a part of the line. Other processes of the trail will find the part.
    const piece = bytes.toString('utf8', 0, written);
    const begun = inPiece ? piece.slice(1) : piece;
    if (piece !== '') inPiece = begun !== '';
    if (begun !== '') torn.push(sha256(begun));
    throw notWritten(cause ?? new Error('only a part could be written'));
  }

  function record(fields: object): void {
    append(fields);
    recorded = head;
  }

  record({ event: 'trail.opened' });
  return {
    record,
    head: () => head,
    isAlone: sink.together === undefined,
    recorded: () => recorded,
    recordHeads: (heads) => append({ event: 'trail.heads', heads }),
    close() {
      record({ event: 'trail.closed' });
      sink.close();
    },
  };
}

function notWritten(cause: unknown): FtmError {
  return new FtmError('ftm_internal', 'The audit trail cannot be written, so the action was not performed.', {
    advice: 'The operator of ftm-check must free disk space, or correct FTM_CHECK_AUDIT.',
    cause,
  });
}

/** An audit trail that records nothing (`off`). */
export const NO_AUDIT: AuditTrail = {
  record() {},
  head: () => undefined,
  isAlone: false,
  recorded: () => undefined,
  recordHeads() {},
  close() {},
};
