import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { PastCheck } from '../../platform/runs/past-check.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Log } from '../slack/logger.ts';
import type { SlackPort } from './slack-port.ts';
import type { Clock, RenderAnswer } from './types.ts';

/** A picture that is uploaded below an answer. */
export interface Picture {
  readonly filename: string;
  /** PNG. */
  readonly content: Uint8Array;
  readonly altText: string;
}

export interface DeliveryOptions {
  /** The Slack port of a workspace; `team` is absent if there is only one. */
  readonly slack: (team: string | undefined) => SlackPort;
  readonly runs: RunStore;
  readonly render: RenderAnswer;
  /** Resolves with nothing if a diagnosis needs no picture. If absent, there are no pictures. */
  readonly drawPicture?: (diagnosis: Diagnosis, alias: string | undefined) => Promise<Picture | undefined>;
  /** The checks of a device, oldest first. If absent, the report has no history. */
  readonly historyOf?: (alias: string) => Promise<readonly PastCheck[]>;
  /** True for the first caller within the time, in any process. If absent, each process edits at its own rate. */
  readonly claim?: (key: string, keepMs: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Log;
}

/** Features that Slack refused; shared by all messages of a process. */
export interface Rendering {
  /** Progress as `plan` and `task_card` blocks; turned off after Slack refused them with `invalid_blocks`. */
  cards: boolean;
  /** Groups as `data_table` blocks. */
  tables: boolean;
}
