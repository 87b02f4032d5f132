import { z } from 'zod';
import { excludedRules } from '../../engine/diagnosis/compare.ts';
import type { Run, RunOutcome } from './run.ts';

/** The worst first. */
export const PAST_VERDICTS = ['broken', 'failed', 'inconclusive', 'healthy'] as const;
export type PastVerdict = (typeof PAST_VERDICTS)[number];

/** The worst first. `works`: healthy, and a login was seen to succeed. */
export const PAST_STATES = [...PAST_VERDICTS, 'works'] as const;
export type PastState = (typeof PAST_STATES)[number];

/** One check of a device in its history: small, so that it can be kept for longer than the run. */
export const pastCheckSchema = z.object({
  run: z.string().describe('its id, for `replay`'),
  at: z.number().describe('when it was asked for, in milliseconds since the Unix epoch'),
  verdict: z.enum(PAST_VERDICTS).describe('`failed`: there was no diagnosis'),
  /** Absent in checks of versions before this field. */
  proof: z
    .enum(['login', 'configuration'])
    .optional()
    .describe('when healthy: a login was seen to succeed, or the configuration is in order'),
  rules: z.array(z.string()).describe('broken ones, most decisive first, at most 5'),
  repaired: z.array(z.string()).optional().describe('broken ones of earlier checks that this one excludes'),
  asker: z.object({
    id: z.string().describe('of the Slack user; `ftm-check` for a sweep'),
    name: z.string().optional(),
  }),
});

export type PastCheck = Readonly<z.output<typeof pastCheckSchema>>;

/** At most as many are kept of a device. About 15 KB a device: 75 MB of Redis for 5,000 devices that are checked every hour. */
export const MAX_CHECKS = 100;

/** A check as it is added: with every rule that it excludes. */
export interface NewCheck extends PastCheck {
  readonly excluded?: ReadonlySet<string> | undefined;
}

export interface DeviceName {
  readonly alias: string;
  readonly customer?: string | undefined;
  readonly site?: string | undefined;
}

export interface DeviceChecks extends DeviceName {
  /** Oldest first. */
  readonly checks: readonly PastCheck[];
}

const MAX_RULES = 5;

export function toPastState({ verdict, proof }: Pick<PastCheck, 'verdict' | 'proof'>): PastState {
  return verdict === 'healthy' && proof === 'login' ? 'works' : verdict;
}

export function isRepairedBy({ verdict, repaired = [] }: PastCheck, rule: string): boolean {
  return verdict === 'healthy' || repaired.includes(rule);
}

/** Causes that no later check excludes, with the time at which they were found. `checks`: oldest first. */
export function openCauses(checks: readonly PastCheck[]): ReadonlyMap<string, number> {
  const open = new Map<string, number>();
  for (const check of checks) {
    for (const rule of open.keys()) if (isRepairedBy(check, rule)) open.delete(rule);
    for (const rule of check.rules) if (!open.has(rule)) open.set(rule, check.at);
  }
  return open;
}

export function toPastCheck({ id, acceptedAt, asker, user, vdom }: Run, outcome: RunOutcome): NewCheck {
  const diagnosis = outcome.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  // A check about one user or VDOM says nothing about what others have.
  const isAboutAll = user === undefined && vdom === undefined;
  return {
    run: id,
    at: acceptedAt,
    verdict: diagnosis?.verdict ?? 'failed',
    proof: diagnosis?.proof,
    rules: diagnosis?.findings.slice(0, MAX_RULES).map(({ rule }) => rule) ?? [],
    excluded: diagnosis && isAboutAll ? excludedRules(diagnosis) : undefined,
    asker: { id: asker.id, name: asker.name },
  };
}
