import { setTimeout } from 'node:timers/promises';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { PastCheck } from '../../platform/runs/past-check.ts';
import type { Asker, Run, RunOutcome } from '../../platform/runs/run.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { AnswerSubject } from '../../report/formats/slack/render-answer.ts';
import type { GroupMessage } from '../../report/formats/slack/render-group.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import type { Log } from '../slack/logger.ts';
import type { SlackPort } from './slack-port.ts';

export interface GroupAnswer {
  readonly message: GroupMessage;
  /** Attached in the thread, in this order. */
  readonly files: readonly { readonly filename: string; readonly content: string }[];
  /** Root message of a thread that this answer starts, as Slack mrkdwn. */
  readonly root?: string;
}

export type AttachReportResult =
  | { readonly kind: 'attached' }
  /** It was attached before, and still exists. */
  | { readonly kind: 'there' }
  /** `reason` is for the person, as Slack mrkdwn. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Pure: the same outcome and subject give the same answer. `run`: where the answer goes, and who asked. */
export type RenderAnswer = (outcome: RunOutcome, subject: AnswerSubject, run: Run) => SlackAnswer;

export interface RunProgress {
  readonly phase: string;
  readonly step?: number;
  readonly steps?: number;
  /** While VDOMs are read: which of them, from 1. */
  readonly vdom?: { readonly index: number; readonly count: number };
  /** While a login is watched. */
  readonly live?: { readonly remainingMs: number; readonly lines: number; readonly logins: number };
  /** Number of checks of the device that run first, while this one waits. */
  readonly ahead?: number;
  /** Another run reads the same device; its progress is shown. */
  readonly shares?: { readonly asker: Asker; readonly agoMs: number };
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A run with the message that becomes its answer. */
export type PlacedRun = Run & { readonly answerTs: string };

export type Placeholder =
  | { readonly state: 'ready'; readonly run: PlacedRun }
  | { readonly state: 'already-answered'; readonly run: Run }
  /** Slack refuses posts there; `deliver` notifies the asker by direct message. `error` is Slack's error code. */
  | { readonly state: 'refused'; readonly error: string };

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
  readonly readHistory?: (alias: string) => Promise<readonly PastCheck[]>;
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

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => {}),
};
