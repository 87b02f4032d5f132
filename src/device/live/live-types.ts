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
  /** Called once, before `Collect` resolves. */
  readonly onReport: (report: LiveReport) => void;
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
export type DebugSessionEnd = 'time' | 'login' | 'flood' | 'session-lost' | 'stopped';

export type LiveReport =
  | {
      readonly state: 'watched' | 'left-on';
      readonly ended: DebugSessionEnd;
      /** How long the session listened. */
      readonly seconds: number;
      readonly lines: number;
      readonly applications: readonly DebugApplication[];
      /** Daemons whose debug another administrator enabled meanwhile; it was left on. */
      readonly others: readonly string[];
      /** Why IKE was not watched although users log in with it. */
      readonly unwatched?: string;
      /** The line that clears a filter that could not be cleared. */
      readonly filterLeft?: string;
    }
  /** Nothing was enabled; the reason is the failure of the live item, where it is redacted with the rest. */
  | { readonly state: 'not-opened' };

/** The name and the command of the item that holds the output of a debug session. */
export const LIVE_ITEM = { name: 'live debug', command: 'diagnose debug enable' } as const;
