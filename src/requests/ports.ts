import type { Decision } from '../access/decide.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { FtmError } from '../ftm-error.ts';
import type { RedactedCase } from '../redact/types.ts';
import type { AnalyzeJob, CheckJob, GroupJob } from '../runs/queue-job.ts';
import type { Paging } from './escalation-port.ts';
import type { PastRuns } from './past-runs-port.ts';

/** Who asks, and where from: access is decided on both. */
export interface Caller {
  /** Slack user id. */
  readonly user: string;
  /** Slack channel id; a direct message's own id there. */
  readonly channel: string;
  readonly team?: string;
  /** The person's own workspace, where it is another one than `team`. */
  readonly home?: string;
}

/** As `src/access` decides it, without the device: handlers never see one. */
export type Permission = { readonly kind: 'allowed' } | Exclude<Decision, { kind: 'allowed' }>;

/** The service adds when it was accepted. */
export type NewRun =
  | Omit<CheckJob, 'acceptedAt'>
  | Omit<AnalyzeJob, 'acceptedAt'>
  /** The service adds the devices. */
  | Omit<GroupJob, 'acceptedAt' | 'aliases'>;

export type Accepted =
  /** The one message of the run says what it waits for. */
  | { readonly state: 'queued'; readonly ahead: number }
  /** Shares the answer of a run that is already going, and its message says so. */
  | { readonly state: 'joined'; readonly leader: string }
  /** The same `runId` was accepted before: nothing was done. */
  | { readonly state: 'duplicate' }
  | {
      readonly state: 'refused';
      readonly error: FtmError;
      /**
       * To be called once the person knows of the error: makes sure that it stays true. Never rejects; resolves when the
       * queue is back, with what the person was told wrongly or not yet.
       */
      readonly withdraw?: () => Promise<Reconciliation | undefined>;
    };

/** Called later, with Slack's word, where it does not let the bot speak where the answer belongs. */
export type Refused = (error: string) => void;

export type Reconciliation = 'taken' | 'not-taken';

/** All that the ways in may do. Nothing here reaches a device: that is the worker's. */
export interface RequestService {
  /** Decides, and audits a refusal. Without `alias`: may this person have a pasted text analysed here? */
  authorise(
    request: Caller & { readonly alias?: string; readonly group?: string; readonly live?: number },
  ): Permission | Promise<Permission>;
  /** Aliases this person may use here, sorted; asking is not audited. */
  visibleDevices(caller: Caller): readonly string[] | Promise<readonly string[]>;
  /** Of those, the ones `name` may have meant, best first. */
  suggestDevices(caller: Caller, name: string): readonly string[] | Promise<readonly string[]>;
  /** Aliases this person may use wherever they ask, sorted. */
  devicesEverywhere(person: Omit<Caller, 'channel'>): readonly string[] | Promise<readonly string[]>;
  /** Never throws for an expected outcome, never hangs; idempotent by `runId`. */
  accept(run: NewRun, refused?: Refused): Promise<Accepted>;
  /** Slack does not give us what somebody uploaded: on the record, since there is no run that could tell of it. */
  filesDenied(by: Caller, count: number): void;
  /** Whether pastes are read in a channel that nobody asked to be read. */
  readonly autodetect: {
    isOn(place: Pick<Caller, 'channel' | 'team'>): Promise<boolean>;
    /** Kept over restarts. `forbidden`: the inventory says that they are not read there. */
    set(by: Caller, on: boolean): Promise<'done' | 'forbidden'>;
  };
  /** True when a person would want this looked at without asking for it: ordinary talk never is. */
  looksLikeEvidence(text: string): boolean;
  /** Rejects with an `FtmError` where a text takes more than one request may use. */
  redact(items: readonly EvidenceItem[]): RedactedCase | Promise<RedactedCase>;
  readonly past: PastRuns;
  /** Absent without `escalation`. */
  readonly paging?: Paging;
}
