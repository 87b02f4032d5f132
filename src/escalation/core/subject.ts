import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Run } from '../../runs/run.ts';
import type { Subject } from './escalation.ts';

/** Begins every key of ours at a provider: what comes back with it never starts a check. */
const OWN_KEY = 'ftm-check/';
const MAX_KEY = 255;

/** What is broken where, or nothing where nothing is: a page needs a reason. */
export function subjectOf(
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

/** People who tried and did not get in. */
function affectedUsers({ attempts }: Diagnosis): number {
  const refused = attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete');
  return new Set(refused.map(({ user }) => user)).size;
}

/** One page at most is open per key. A device without a name is as many devices as there are threads about one. */
export function dedupKey(
  subject: Subject,
  thread: { readonly channel: string; readonly ts: string },
): string {
  const named = subject.alias?.toLowerCase() ?? `${thread.channel}-${thread.ts}`;
  return `${OWN_KEY}${named}/${subject.cause}`.slice(0, MAX_KEY);
}

export function isOwnKey(key: string): boolean {
  return key.startsWith(OWN_KEY);
}
