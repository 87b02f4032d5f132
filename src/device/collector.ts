import type { EvidenceItem } from '../engine/evidence/types.ts';
import type { VdomPlanner } from '../engine/evidence/vdom-plan.ts';
import type { CommandId } from '../engine/fortios/commands.ts';
import type { Device } from '../platform/config/inventory-types.ts';
import type { LiveRequest } from './live/live-types.ts';

export interface CollectionRequest {
  readonly device: Device;
  /**
   * Each command once, in the order to send them; `system-status` is always sent first, whether it is listed or not.
   */
  readonly commands: readonly CommandId[];
  /** The requested VDOM; if absent, the device's own. If the device does not have it: `ftm_unknown_vdom`. */
  readonly vdom?: string;
  /** Which VDOMs to read, and what in them; if absent, the requested one, or `root`, with all commands. */
  readonly planVdoms?: VdomPlanner;
  /** Of logins in the event log: how far back they count; a day by default. */
  readonly sinceHours?: number | undefined;
  /** Asked about the device, without a user: what a login would need is read too. */
  readonly isSweep?: boolean | undefined;
  /** No person waits for it: other requests go first. */
  readonly background?: boolean | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectionProgress) => void;
  /** Called with every line and key before it is sent into the device's shell. */
  readonly onSent?: ((text: string) => void) | undefined;
  /** After everything was read: watches a login. */
  readonly live?: LiveRequest;
  /**
   * Another process opened a debug session there and cannot close it: it is closed before anything is read.
   */
  readonly closeDebugFirst?: boolean;
  /** Called with whether the device confirmed that the debug is off. */
  readonly onLeftover?: (isOff: boolean) => Promise<void>;
}

export interface CollectionProgress {
  /** `watching`: the user has to log in now. `closing`: the debug is being disabled. */
  readonly phase: 'connecting' | 'collecting' | 'watching' | 'closing';
  readonly step: number;
  readonly steps: number;
  readonly command?: string;
  /** While VDOMs are read: which of them, from 1. */
  readonly vdom?: { readonly name: string; readonly index: number; readonly count: number };
  readonly live?: LiveProgress;
}

export interface LiveProgress {
  readonly remainingMs: number;
  /** Of debug output. */
  readonly lines: number;
  readonly logins: number;
}

/**
 * Reads a device. Resolves with one item per command, refused ones included (their `failure` says why), and one more
 * for a live session. Rejects with an `FtmError` (`ftm_device_*`, `ftm_host_key_*`, `ftm_cancelled`) when no session
 * could be opened, and with `ftm_debug_left_on` if it was stopped during a live debug session that could not be closed.
 */
export type Collect = (request: CollectionRequest) => Promise<readonly EvidenceItem[]>;
