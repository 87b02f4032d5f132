import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { Asker, Run, RunOutcome } from './run.ts';

/** The worst first. */
export const PAST_VERDICTS = ['broken', 'failed', 'inconclusive', 'healthy'] as const;
/** `failed`: there was no diagnosis, for example because the device did not answer. */
export type PastVerdict = (typeof PAST_VERDICTS)[number];

/** The worst first. `works`: healthy, and a login was seen to succeed. */
export const PAST_STATES = [...PAST_VERDICTS, 'works'] as const;
export type PastState = (typeof PAST_STATES)[number];

/** One check of a device in its history: small, so that it can be kept for longer than the run. */
export interface PastCheck {
  readonly run: string;
  /** When it was asked for, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly verdict: PastVerdict;
  /** What shows that it is healthy; absent in checks of versions before this field. */
  readonly proof?: Diagnosis['proof'];
  /** Rules found broken, most decisive first. */
  readonly rules: readonly string[];
  readonly asker: Pick<Asker, 'id' | 'name'>;
}

/** The history of a device. */
export interface DeviceChecks {
  readonly alias: string;
  /** Oldest first. */
  readonly checks: readonly PastCheck[];
}

const MAX_RULES = 5;

export function stateOf({ verdict, proof }: Pick<PastCheck, 'verdict' | 'proof'>): PastState {
  return verdict === 'healthy' && proof === 'login' ? 'works' : verdict;
}

export function toPastCheck({ id, acceptedAt, asker }: Run, outcome: RunOutcome): PastCheck {
  const diagnosis = outcome.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  return {
    run: id,
    at: acceptedAt,
    verdict: diagnosis?.verdict ?? 'failed',
    proof: diagnosis?.proof,
    rules: diagnosis?.findings.slice(0, MAX_RULES).map(({ rule }) => rule) ?? [],
    asker: { id: asker.id, name: asker.name },
  };
}
