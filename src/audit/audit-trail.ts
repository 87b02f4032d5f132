import { randomBytes } from 'node:crypto';
import { FtmError } from '../ftm-error.ts';
import { AUDIT_SCHEMA, type ChainLink, sha256, writeLine } from './audit-line.ts';
import type { AuditEvent } from './events.ts';

/** Where lines go. */
export interface AuditSink {
  /** Appends in one go, and says how many bytes it could. Throws where it could append none. */
  readonly write: (bytes: Buffer) => number;
  /** What the trail held before this process. */
  readonly follows?: ChainLink;
  /** Hash of what another process could not finish there. */
  readonly torn?: string;
  readonly close: () => void;
}

export interface AuditTrail {
  /**
   * Appends one line, or throws `ftm_internal`: what cannot be recorded must not be done. The line is handed to the
   * system when this returns; a power cut can still lose the last ones.
   */
  record(event: AuditEvent): void;
  /** The last line so far: kept elsewhere, it shows later that the trail was not cut before it. */
  readonly head: () => ChainLink | undefined;
  /** Says that this process ends in order. */
  close(): void;
}

/** Begins a chain of its own; every line holds the hash of the one before. Times are UTC. */
export function openAuditTrail(sink: AuditSink, now: () => number): AuditTrail {
  const chain = randomBytes(8).toString('hex');
  let head: ChainLink | undefined;
  /** Hashes of pieces of lines that stand there, each to be put on record by a later line. */
  const torn = sink.torn === undefined ? [] : [sink.torn];
  /** The end of the trail is a piece of a line, and the next one must not go on from there. */
  let inPiece = false;

  function append(fields: object): void {
    const seq = head === undefined ? 0 : head.seq + 1;
    const at = new Date(now()).toISOString();
    const { text, hash } = writeLine({
      audit: AUDIT_SCHEMA,
      chain,
      seq,
      at,
      prev: head?.hash ?? '',
      ...fields,
      ...(torn[0] === undefined ? {} : { torn: torn[0] }),
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
    // A disk that is full takes a part.
    const piece = bytes.toString('utf8', 0, written);
    const begun = inPiece ? piece.slice(1) : piece;
    if (piece !== '') inPiece = begun !== '';
    if (begun !== '') torn.push(sha256(begun));
    throw new FtmError('ftm_internal', 'The audit trail cannot be written, so nothing was done.', {
      advice: 'Whoever runs ftm-check has to make room for it, or mend its place (FTM_CHECK_AUDIT).',
      cause: cause ?? new Error('only a part could be written'),
    });
  }

  append({
    event: 'trail.opened',
    ...(sink.follows === undefined ? {} : { follows: sink.follows }),
  });
  return {
    record: append,
    head: () => head,
    close() {
      append({ event: 'trail.closed' });
      sink.close();
    },
  };
}

/** For where no audit trail is wanted. */
export const NO_AUDIT: AuditTrail = { record() {}, head: () => undefined, close() {} };
