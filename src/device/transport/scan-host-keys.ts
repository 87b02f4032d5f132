import { FtmError } from '../../engine/ftm-error.ts';
import type { Device, SshEndpoint } from '../../platform/config/inventory-types.ts';
import { openBudget } from '../budget.ts';
import { COMMAND_BYTES, createByteBudget } from '../byte-budget.ts';
import { connectionError, hasMislabelledKey, hasNoSuchKey, timedOut } from '../device-errors.ts';
import { hostKeyTypes, withHostKeys } from './algorithms.ts';
import { connect } from './connect.ts';
import type { ReadSecret } from './credential.ts';
import { isMislabelled, judgeKey, type KeyStatus, type PresentedKey } from './host-keys.ts';
import { openRoute } from './route.ts';
import { loadTrust } from './trust.ts';

export interface ScannedKey extends PresentedKey {
  readonly status: KeyStatus;
}

export interface HostKeyScan {
  /** One per type that the device has, ed25519 first. */
  readonly keys: readonly ScannedKey[];
  /** The device has an RSA key, but names it in a way that no client can read. */
  readonly mislabelledRsa: boolean;
}

export interface ScanOptions {
  readonly device: Device;
  readonly readSecret: ReadSecret;
  readonly signal: AbortSignal;
}

/**
 * Asks a device for each type of host key and disconnects before signing in; its jump hosts are signed in to. Each
 * connection has `timeouts.connect`. Rejects with an `FtmError` if the device cannot be reached.
 */
export async function scanHostKeys({ device, readSecret, signal }: ScanOptions): Promise<HostKeyScan> {
  using job = openBudget(device.timeouts.job, () => timedOut(device, 'job'), signal);
  const trust = await loadTrust(device);
  const route = await openRoute(device, readSecret, job.signal);
  const keys: ScannedKey[] = [];
  let mislabelledRsa = false;
  try {
    for (const [type, algorithms] of hostKeyTypes(device.algorithms)) {
      const key = await readPresentedKey(device, algorithms);
      if (key === 'mislabelled') mislabelledRsa = true;
      else if (key?.type === type) keys.push({ ...key, status: judgeKey(trust, key) });
    }
  } catch (error) {
    throw error instanceof FtmError ? error : connectionError(device, error);
  } finally {
    await route.close();
  }
  return { keys, mislabelledRsa };

  async function readPresentedKey(
    endpoint: SshEndpoint,
    algorithms: Parameters<typeof withHostKeys>[1],
  ): Promise<PresentedKey | 'mislabelled' | undefined> {
    using budget = openBudget(endpoint.timeouts.connect, () => timedOut(endpoint, 'connect'), job.signal);
    const stream = await route.toDevice(budget.signal);
    let seen: PresentedKey | undefined;
    try {
      await connect({
        byteBudget: createByteBudget(endpoint.alias, COMMAND_BYTES),
        endpoint,
        stream,
        algorithms: withHostKeys(endpoint.algorithms, algorithms),
        judgeKey: (key) => {
          seen = key;
          return new FtmError('ftm_host_key_unknown', 'Only looking.');
        },
        authenticate: () => () => false,
        signal: budget.signal,
      });
    } catch (error) {
      if (seen) return isMislabelled(seen) ? 'mislabelled' : seen;
      if (hasMislabelledKey(getCause(error))) return 'mislabelled';
      if (!hasNoSuchKey(getCause(error))) throw error;
    }
    return undefined;
  }
}

function getCause(error: unknown): unknown {
  return error instanceof FtmError ? error.cause : error;
}
