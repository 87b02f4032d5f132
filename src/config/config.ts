import type { LogLevel } from '../observe/logger.ts';
import type { RedisSettings } from './redis-address.ts';

/** `http`: Slack calls us. `socket`: we call Slack and need no public address. */
type SlackMode = 'http' | 'socket';

/** What a process does: take requests, work on them, or both. */
export type Role = 'bot' | 'worker' | 'all';

export const DEFAULT_INVENTORY = 'inventory.yaml';

/** For several workspaces: the app's client, and what seals their tokens. */
export interface InstallConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** 32 bytes in hexadecimal. */
  readonly sealKey: string;
  /** Workspaces or organisations that may install the app; `*` is every one. */
  readonly teams: readonly string[];
}

export interface SlackConfig {
  readonly mode: SlackMode;
  /** Of the one workspace there is; absent where `install` lets others in. */
  readonly botToken?: string;
  readonly install?: InstallConfig;
  /** Present in `http` mode. */
  readonly signingSecret?: string;
  /** Present in `socket` mode. */
  readonly appToken?: string;
  /** Another Web API than slack.com's: tests, the demo, a proxy. */
  readonly apiUrl?: string;
}

export interface Config {
  readonly slack: SlackConfig;
  /** Without it a private server is started, or work is kept in this process (DESIGN, section 7). */
  readonly redis?: RedisSettings;
  readonly inventoryPath: string;
  /** Folder for what must outlive the process: the private queue's file. */
  readonly dataDir: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Jobs one worker runs at the same time. */
  readonly concurrency: number;
  /** Health and metrics listen here; without it nowhere of their own. 0 takes a free one. */
  readonly internalPort?: number;
  /** Of the queue dashboard on `internalPort`; there is none without it. */
  readonly dashboardPassword?: string;
  /** A path, `stdout` or `off`. */
  readonly audit?: string;
  /** Slack channel that is told when requests are not processed. */
  readonly opsChannel?: string;
  /** How often the built-in look-alike is checked; never without it, or with 0. */
  readonly selfCheckMs?: number;
  /** How long running work may take to end when the process has to. */
  readonly drainMs?: number;
}
