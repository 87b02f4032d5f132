import type { Finding } from '../../engine/diagnosis/diagnosis.ts';
import type { Run } from './run.ts';

/** All devices of the inventory, in place of the name of a group. */
export const ALL_DEVICES = '*';

/** Result of one device of a group check. */
export interface MemberRow {
  /** Its place in the roster, from 0. */
  readonly number: number;
  /** Alias of the device. */
  readonly name: string;
  readonly customer?: string | undefined;
  readonly site?: string | undefined;
  /** `failed`: it could not be read; `headline` says why. `skipped`: it was not read on purpose. */
  readonly state: 'broken' | 'healthy' | 'inconclusive' | 'unrelated' | 'failed' | 'skipped';
  readonly headline: string;
  /** Of a healthy device: whether a login was seen to succeed, or the configuration is in order. */
  readonly proof?: 'login' | 'configuration' | undefined;
  readonly notInUse?: true;
  /** The release of an upgrade, where the question was which logins it stops. */
  readonly upgradeTo?: string;
  readonly hostname?: string | undefined;
  /** FortiOS version. */
  readonly version?: string | undefined;
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
