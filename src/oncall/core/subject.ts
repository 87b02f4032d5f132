import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { Subject, ThreadRef } from './escalation.ts';

/** Prefix of every key sent to a provider: an alert that comes back with it never starts a check. */
const OWN_KEY = 'ftm-check/';
const MAX_KEY = 255;

/** Returns what is broken and where; `undefined` if nothing is, because a page needs a reason. */
export function nameSubject(
  run: Pick<Run, 'alias' | 'kind' | 'id'>,
  diagnosis: Diagnosis,
): Subject | undefined {
  if (diagnosis.verdict !== 'broken' && diagnosis.firstBrokenHop === null) return undefined;
  const [first] = diagnosis.findings;
  const alias = run.alias ?? diagnosis.device.alias;
  return {
    device: alias ?? diagnosis.device.hostname ?? 'a device without a name in the log',
    alias,
    cause: first?.rule ?? diagnosis.firstBrokenHop ?? 'unknown',
    severity: first?.severity ?? 'medium',
    affectedUsers: affectedUsers(diagnosis),
  };
}

function affectedUsers({ attempts }: Diagnosis): number {
  const refused = attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete');
  return new Set(refused.map(({ user }) => user)).size;
}

/** At most one page per key is open. Without a device name, the thread identifies the device. */
export function dedupKey(subject: Subject, { channel, ts }: Pick<ThreadRef, 'channel' | 'ts'>): string {
  const named = subject.alias?.toLowerCase() ?? `${channel}-${ts}`;
  return `${OWN_KEY}${named}/${subject.cause}`.slice(0, MAX_KEY);
}

export function isOwnKey(key: string): boolean {
  return key.startsWith(OWN_KEY);
}
