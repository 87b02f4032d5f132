import { randomBytes } from 'node:crypto';
import { FtmError } from '../../engine/ftm-error.ts';
import { sha256 } from '../store/sha256.ts';
import { AUDIT_SCHEMA, type ChainLink, serializeLine } from './audit-line.ts';

export interface AuditSink {
  /** Appends with one write, and returns the number of bytes written. Throws if none were. */
  readonly write: (bytes: Buffer) => number;
  readonly close: () => void;
}

/** The id of a chain: each process has one of its own. */
export function createChainId(): string {
  return randomBytes(8).toString('hex');
}

/** Starts a chain; every line contains the hash of the previous one. Times are UTC. */
export function openAuditTrail(sink: AuditSink, now: () => number, chain: string = createChainId()) {
  let head: ChainLink | undefined;
  /** Hashes of incomplete lines; a later line records each. */
  const torn: string[] = [];
  /** The trail ends with an incomplete line; the next line must not be appended to it. */
  let inPiece = false;

  /**
   * Appends one line, or throws `ftm_internal`: an action that cannot be recorded must not happen. The line has been
   * passed to the operating system when this returns; a power failure can still lose the last lines.
   */
  function record(fields: object): void {
    const seq = head === undefined ? 0 : head.seq + 1;
    const { text, hash } = serializeLine({
      audit: AUDIT_SCHEMA,
      chain,
      seq,
      at: new Date(now()).toISOString(),
      prev: head?.hash ?? '',
      ...fields,
      torn: torn[0],
    });
    put(`${inPiece ? '\n' : ''}${text}\n`);
    torn.shift();
    inPiece = false;
    head = { chain, seq, hash };
  }

  function put(text: string): void {
    const bytes = Buffer.from(text);
    let cause: unknown;
    let written = 0;
    try {
      written = sink.write(bytes);
    } catch (error) {
      cause = error;
    }
    if (written === bytes.length) return;
    // A full disk accepts a part of the line.
    const piece = bytes.toString('utf8', 0, written);
    const begun = inPiece ? piece.slice(1) : piece;
    if (piece !== '') inPiece = begun !== '';
    if (begun !== '') torn.push(sha256(begun));
    throw notWritten(cause ?? new Error('only a part could be written'));
  }

  record({ event: 'trail.opened' });
  return {
    record,
    /** The latest line. Stored elsewhere, it shows later that the trail was not cut before it. */
    head: () => head,
    /** Records that this process ends normally. */
    close() {
      record({ event: 'trail.closed' });
      sink.close();
    },
  };
}

export type AuditTrail = ReturnType<typeof openAuditTrail>;

function notWritten(cause: unknown): FtmError {
  return new FtmError('ftm_internal', 'The audit trail cannot be written, so the action was not performed.', {
    advice: 'The operator of ftm-check must free disk space, or correct FTM_CHECK_AUDIT.',
    cause,
  });
}

export const NO_AUDIT: AuditTrail = {
  record() {},
  head: () => undefined,
  close() {},
};
