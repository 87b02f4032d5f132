import { FtmError } from '../../engine/ftm-error.ts';
import { parseInventory, type ReadRules, readInventory } from './inventory.ts';
import type { Inventory } from './inventory-types.ts';

export interface WatchOptions {
  readonly path: string;
  readonly rules?: ReadRules;
  /** Text of the inventory in use when the watch starts: a file that changed since it was loaded is a change. */
  readonly loaded?: string | undefined;
  /** Polling interval. The file is small, and file system events are unreliable on some file systems. */
  readonly intervalMs: number;
  /**
   * Rejects if a valid file cannot be used yet. This may change without the file being changed (Kubernetes may
   * deliver a secret after the file that names it), so it runs again at each poll.
   */
  readonly check?: (inventory: Inventory) => Promise<void>;
  /** Called with a valid file that differs from the previous one. `text` is its content. */
  readonly onChange: (inventory: Inventory, text: string) => void;
  /** Called once for each invalid state; the previous inventory stays in use. */
  readonly onRejected: (error: FtmError) => void;
}

export function watchInventory(options: WatchOptions) {
  let seen = options.loaded;
  /** The last reported reason of `check` for the current file. */
  let lastReason: string | undefined;
  let pendingCheck: Promise<void> | undefined;
  let stopped = false;
  const timer = setInterval(() => void checkNow(), options.intervalMs).unref();
  void checkNow();

  /** Checks the file now (SIGHUP). */
  function checkNow(): Promise<void> {
    pendingCheck ??= checkOnce().finally(() => {
      pendingCheck = undefined;
    });
    return pendingCheck;
  }

  async function checkOnce(): Promise<void> {
    const state = await readInventory(options.path).then(
      (text) => ({ text }),
      // The advice is for the command line: it names its options.
      ({ code, message, cause }: FtmError) => ({ error: new FtmError(code, message, { cause }) }),
    );
    if (stopped) return;
    const isFirst = seen === undefined;
    const key = 'text' in state ? state.text : `unreadable: ${state.error.message}`;
    if (key === seen && lastReason === undefined) return;
    const reported = key === seen ? lastReason : undefined;
    seen = key;
    lastReason = undefined;
    let isTemporary = false;
    try {
      if ('error' in state) throw state.error;
      const inventory = parseInventory(state.text, options.path, options.rules);
      if (isFirst) return;
      isTemporary = true;
      await options.check?.(inventory);
      if (!stopped) options.onChange(inventory, state.text);
    } catch (thrown) {
      const error =
        thrown instanceof FtmError
          ? thrown
          : new FtmError('ftm_internal', 'It could not be read.', { cause: thrown });
      if (isTemporary) lastReason = error.message;
      if (error.message !== reported) options.onRejected(error);
    }
  }

  return {
    checkNow,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
