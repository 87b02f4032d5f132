import { z } from 'zod';
import type { Finding } from '../../engine/diagnosis/diagnosis.ts';
import type { Run } from './run.ts';

/** All devices of the inventory, in place of the name of a group. */
export const ALL_DEVICES = '*';

/** Result of one device of a group check. */
export const memberRowSchema = z.object({
  /** Its place in the roster, from 0. */
  number: z.int(),
  /** Alias of the device. */
  name: z.string(),
  customer: z.string().optional().describe('whose device it is, by the inventory'),
  site: z.string().optional().describe('where it stands'),
  state: z
    .enum(['broken', 'failed', 'inconclusive', 'skipped', 'healthy', 'unrelated'])
    .describe(
      'a verdict; or unrelated (not from a FortiGate), failed (it could not be read), or skipped (it was not read on purpose)',
    ),
  headline: z.string(),
  proof: z.enum(['login', 'configuration']).optional().describe('of a healthy case'),
  notInUse: z.literal(true).optional().describe('push is switched off, and nobody uses a mobile token'),
  /** The release of an upgrade, where the question was which logins it stops. */
  upgradeTo: z.string().optional(),
  hostname: z.string().optional(),
  version: z.string().optional().describe('of FortiOS'),
});

export interface MemberRow extends Readonly<z.output<typeof memberRowSchema>> {
  /** Most decisive first. */
  readonly findings: readonly MemberFinding[];
}

export interface MemberFinding extends Pick<Finding, 'rule' | 'severity' | 'confidence' | 'title'> {
  readonly device?: string | undefined;
}

/** Id of the run and of the job of one device. */
export function memberId(groupRun: string, number: number): string {
  return `${groupRun}.${number}`;
}

/** The parts of `memberId`; undefined for other ids. */
export function parseMemberId(id: string): { readonly of: string; readonly number: number } | undefined {
  const [, of, number] = /^(.+)\.(\d{1,6})$/.exec(id) ?? [];
  return of === undefined ? undefined : { of, number: Number(number) };
}

/** Id of the job that posts the result. */
export function groupAnswerId(groupRun: string): string {
  return `${groupRun}.answer`;
}

/** `customer:Example`: a group by its customer or site. */
const PLACE = /^(?:customer|site):/;

/** The group as people type it. */
export function groupLabel(group: string): string {
  if (group === ALL_DEVICES) return 'all';
  return PLACE.test(group) ? group : `group:${group}`;
}

export function isGroupRun(run: Run): run is Run & Required<Pick<Run, 'group'>> {
  return run.group !== undefined;
}

/** What a sweep found, for comparison with the next one. */
export interface SweepBaseline {
  /** Id of the group check. */
  readonly run: string;
  readonly devices: readonly SweptDevice[];
}

export interface SweptDevice {
  readonly name: string;
  readonly findings: readonly Pick<MemberFinding, 'rule' | 'title' | 'device'>[];
  /** Whether it could be read the last time it was tried. */
  readonly isRead: boolean;
}
