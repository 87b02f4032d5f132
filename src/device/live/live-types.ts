import type { LiveSummary } from '../../engine/diagnosis/diagnosis.ts';
import type { DebugApplication } from '../../engine/fortios/debug-commands.ts';

/** A live debug session: the device prints what its daemons do during a login. */
export interface LiveRequest {
  readonly seconds: number;
  /** Public address of the client: IKE is watched only behind a filter on it. */
  readonly client?: string | undefined;
  /** Ends listening before its time. */
  readonly stop?: AbortSignal;
  /** Called before the first byte of the debug session is sent; if it rejects, none is opened. */
  readonly onOpening?: (applications: readonly DebugApplication[]) => Promise<void>;
  /** The device confirmed that none of our debug is running. */
  readonly onClosed?: () => Promise<void>;
  /** Called once, before `Collect` resolves; without the reason, which is the failure of the live item, redacted with the rest. */
  readonly onReport: (summary: LiveSummary) => void;
  /** Evaluates the lines so far. Called repeatedly with all of them. */
  readonly evaluate?: (lines: readonly string[]) => LoginProgress;
}

export interface LoginProgress {
  readonly logins: number;
  /** There is nothing more to wait for. */
  readonly complete: boolean;
}

/**
 * Why listening ended: the time was over, the login was seen, there was too much output, the session was lost, or it
 * was stopped.
 */
export type DebugSessionEnd = NonNullable<LiveSummary['ended']>;

export const LIVE_ITEM = { name: 'live debug', command: 'diagnose debug enable' } as const;
