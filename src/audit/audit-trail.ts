import { randomBytes } from 'node:crypto';
import { FtmError } from '../ftm-error.ts';
import { AUDIT_SCHEMA, type ChainLink, writeLine } from './audit-line.ts';
import type { AuditEvent } from './events.ts';

/** Where lines go. `write` appends the text in one go, and throws where it cannot. */
export interface AuditSink {
  readonly write: (text: string) => void;
  /** What the trail held before this process. */
  readonly follows?: ChainLink;
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
    });
    try {
      sink.write(`${text}\n`);
    } catch (cause) {
      throw new FtmError('ftm_internal', 'The audit trail cannot be written, so nothing was done.', {
        advice: 'Whoever runs ftm-check has to make room for it, or mend its place (FTM_CHECK_AUDIT).',
        cause,
      });
    }
    head = { chain, seq, hash };
  }

  append({
    event: 'trail.opened',
    ...(sink.follows === undefined ? {} : { follows: sink.follows }),
    ...(sink.torn === undefined ? {} : { torn: sink.torn }),
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
