import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import type { FtmError } from '../../engine/ftm-error.ts';
import type { Decision } from '../../platform/access/decide.ts';
import type { Enqueued } from '../../platform/queue/job-queue.ts';
import type { AnalyzeJob, CheckJob, GroupJob } from '../../platform/runs/queue-job.ts';
import type { Act, ActVerb, Caller, WayIn } from './act.ts';
import type { OnCall } from './on-call-port.ts';
import type { PastRuns } from './past-runs.ts';

/** What a person wants to do; without `alias` and `group` it concerns no device. */
export interface Intention<V extends ActVerb = ActVerb> extends Caller {
  readonly verb: V;
  readonly way: WayIn;
  readonly alias?: string | undefined;
  readonly group?: string | undefined;
  readonly live?: number | undefined;
  /** Whether the escalation in question called this person. */
  readonly isCalled?: boolean;
}

/** The decision of `src/platform/access` without the device: handlers never see one. */
export type Permission<V extends ActVerb = ActVerb> =
  | { readonly kind: 'allowed'; readonly act: Act<V> }
  | Exclude<Decision, { kind: 'allowed' }>;

export type NewRun =
  | Omit<CheckJob, 'acceptedAt'>
  | (Omit<AnalyzeJob, 'acceptedAt'> & Required<Pick<AnalyzeJob, 'evidence'>>)
  | Omit<GroupJob, 'acceptedAt' | 'aliases'>;

/** Where it is accepted, the run's only message says what it waits for, or whose answer it shares. */
export type Acceptance =
  | Enqueued
  | {
      readonly state: 'refused';
      readonly error: FtmError;
      /**
       * Call it when the person knows of the error: makes sure that it stays true. Never rejects; resolves when the
       * queue is available again, with what the person was told wrongly or not yet.
       */
      readonly withdraw?: () => Promise<Reconciliation | undefined>;
    };

/** Called later, with Slack's error code, if Slack does not let the bot post where the answer belongs. */
export type OnPostRefused = (error: string) => void;

export type Reconciliation = 'taken' | 'not-taken';

export interface UnknownDevices {
  /** Counts one and audits it; `user` names the source. False after too many. */
  count(by: Pick<Caller, 'user'>, name: string): boolean;
  /** Whether there were too many lately: then the source is told nothing about any device. */
  areTooMany(by: Pick<Caller, 'user'>): boolean;
}

/** Everything that entry points may do. Nothing here connects to a device: only the worker does. */
export interface Requests {
  /** Decides by `VERBS`, and audits a refusal. The only source of an `Act`. */
  authorise<V extends ActVerb>(intention: Intention<V>): Permission<V> | Promise<Permission<V>>;
  /** Aliases this person may use here, sorted; asking is not audited. */
  visibleDevices(caller: Caller): readonly string[] | Promise<readonly string[]>;
  /** Of those, the ones most similar to `name`, best first. */
  suggestDevices(caller: Caller, name: string): readonly string[] | Promise<readonly string[]>;
  /** The most similar names of groups of those devices, best first. */
  suggestGroups(caller: Caller, name: string): readonly string[] | Promise<readonly string[]>;
  /** Seconds for which a login of this device may be watched; undefined if the inventory does not allow it. */
  watchSeconds(alias: string): number | undefined;
  /** Aliases this person may use wherever they ask, sorted. */
  devicesEverywhere(person: Omit<Caller, 'channel'>): readonly string[] | Promise<readonly string[]>;
  /** Never throws for an expected outcome, never hangs; idempotent by `runId`. */
  accept(run: NewRun, onPostRefused?: OnPostRefused, way?: WayIn): Promise<Acceptance>;
  /** Audits an act that changes nothing but a message in Slack. */
  record(act: Act, outcome: string): void;
  /** Records that Slack does not deliver an uploaded file, since there is no run that could show it. */
  filesDenied(by: Caller, count: number): void;
  /** Names in alerts that no device has. They are counted for each source as those of a person are. */
  readonly unknownDevices: UnknownDevices;
  /** Whether pastes in a channel are analysed without a request. */
  readonly autodetect: {
    isOn(place: Pick<Caller, 'channel' | 'team'>): Promise<boolean>;
    /** Kept over restarts. `forbidden`: the inventory does not allow it there. */
    set(act: Act<'autodetect'>, on: boolean): Promise<'done' | 'forbidden'>;
  };
  /** Rejects with an `FtmError` if a text needs more than one request may use. */
  redact(items: readonly EvidenceItem[]): RedactedCase | Promise<RedactedCase>;
  readonly past: PastRuns;
  /** Absent without `escalation`. */
  readonly onCall?: OnCall;
}
