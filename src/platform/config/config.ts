import type { LogLevel } from '../observe/logger.ts';
import type { ProxySettings } from './proxy.ts';
import type { RedisSettings } from './redis-address.ts';

/**
 * `http`: Slack sends requests to this process. `socket`: this process connects to Slack and needs no public address.
 */
type SlackMode = 'http' | 'socket';

/** `bot` takes requests, `worker` processes them, `all` does both. */
export type Role = 'bot' | 'worker' | 'all';

/** Devices that one request in Slack may check. */
export const DEFAULT_GROUP_LIMIT = 500;

export const DEFAULT_INVENTORY = 'inventory.yaml';

/** Settings for several workspaces: the app's client and the key that encrypts their tokens. */
export interface InstallConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** 32 bytes in hexadecimal. */
  readonly sealKey: string;
  /** Workspaces or organisations that may install the app; `*` allows all. */
  readonly teams: readonly string[];
}

export interface SlackConfig {
  readonly mode: SlackMode;
  /** Token of the only workspace; absent if `install` is set. */
  readonly botToken?: string;
  readonly install?: InstallConfig;
  /** Present in `http` mode. */
  readonly signingSecret?: string;
  /** Present in `socket` mode. */
  readonly appToken?: string;
  /** Base address of the Web API, if not slack.com's: for tests, the demo or a proxy. */
  readonly apiUrl?: string;
}

export interface Config {
  readonly slack: SlackConfig;
  /** If absent, jobs stay in this process and are lost when it ends. */
  readonly redis?: RedisSettings;
  /** Of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. */
  readonly proxy?: ProxySettings;
  readonly inventoryPath: string;
  /** Folder for files that outlive the process: the private queue's data. */
  readonly dataDir: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Number of jobs that a worker runs at the same time. */
  readonly concurrency: number;
  /** Devices that one request in Slack may check; 500 by default. */
  readonly groupLimit?: number;
  /** Port for health and metrics; if absent, they are not served. 0 picks a free port. */
  readonly internalPort?: number;
  /** Password of the queue dashboard on `internalPort`; without it there is no dashboard. */
  readonly dashboardPassword?: string;
  /** Whether a bot serves the page of `ftm-check page` on `internalPort`. */
  readonly pastePage?: boolean;
  /** A path, `stdout` or `off`. */
  readonly audit?: string;
  /** Slack channel for notices that requests are not processed, and for feedback about answers. */
  readonly opsChannel?: string;
  /** Workspace of `opsChannel`, if several may install the app. */
  readonly opsTeam?: string | undefined;
  /** How long the history of a device is kept. */
  readonly historyMs?: number;
  /** How long the settings of a healthy device are kept; 0 keeps none. */
  readonly settingsMs?: number;
  /** How long the evidence of a run is kept; 0 keeps none. */
  readonly evidenceMs?: number;
  /** Of all runs together, packed. */
  readonly evidenceBytes?: number;
  /** How long feedback about answers is kept, with the evidence of these answers. */
  readonly feedbackMs?: number;
  /** Interval of the self-check against the built-in simulator; absent or 0 turns it off. */
  readonly selfCheckMs?: number;
  /** Time that running jobs may take to finish at shutdown. */
  readonly drainMs?: number;
}
