import { type ChainLink, readLine } from '../../../src/platform/audit/audit-line.ts';
import { openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import type { AuditEvent } from '../../../src/platform/audit/events.ts';

export const START = Date.parse('2026-03-02T09:12:04Z');

/** Lines of one process, as they would stand in a file. */
export function writtenLines(events: readonly AuditEvent[], closed = true): string[] {
  const lines: string[] = [];
  let now = START;
  const trail = openAuditTrail(
    {
      write(bytes) {
        lines.push(bytes.toString('utf8').slice(0, -1));
        return bytes.length;
      },
      close() {},
    },
    () => (now += 1000),
  );
  for (const event of events) trail.record(event);
  if (closed) trail.close();
  return lines;
}

export const REFUSED: AuditEvent = {
  event: 'request.refused',
  actor: { user: 'U0ANA', channel: 'C0SUPPORT' },
  reason: 'not-this-device',
  device: 'fgt-hq',
};

export const LEFT: AuditEvent = {
  event: 'device.left',
  device: 'fgt-branch-07',
  sent: ['get system status\n', ' ', 'exit\n'],
  outcome: 'read',
};

/** The same numbers in every run: from 0 to below `limit`. */
export function dice(seed: number): (limit: number) => number {
  let state = seed + 1;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

export type Dice = ReturnType<typeof dice>;
/** The anchor of a line. Throws for another text. */
export function anchorOf(text = ''): ChainLink {
  const read = readLine(text);
  if (!read) throw new Error('not a line');
  return { chain: read.line.chain, seq: read.line.seq, hash: read.hash };
}

export function chainOf(text: string): string {
  return readLine(text)?.line.chain ?? '';
}
