import type { Device } from '../config/inventory-types.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { CommandId } from '../fortios/commands.ts';

export interface CollectionRequest {
  readonly device: Device;
  /** Each command once, in the order to send them; `system-status` is always sent first, asked for or not. */
  readonly commands: readonly CommandId[];
  /** VDOM to read `vdom`-scoped commands in; without it the device's own, then `root`. */
  readonly vdom?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectionProgress) => void;
  /** Told of every line and key that is sent into the device's shell, before it is. */
  readonly onSent?: ((text: string) => void) | undefined;
}

export interface CollectionProgress {
  readonly phase: 'connecting' | 'collecting';
  readonly step: number;
  readonly steps: number;
  readonly command?: string;
}

/**
 * Reads a device. Resolves with one item per command, refused ones included (their `failure` says why).
 * Rejects with an `FtmError` (`ftm_device_*`, `ftm_host_key_*`, `ftm_cancelled`) when no session could be had.
 */
export type Collect = (request: CollectionRequest) => Promise<readonly EvidenceItem[]>;
