import { readFile } from 'node:fs/promises';
import { FtmError } from '../ftm-error.ts';
import type { InventoryRules } from './build-inventory.ts';
import { parseInventory } from './inventory.ts';
import type { Inventory } from './inventory-types.ts';

export interface WatchOptions {
  readonly path: string;
  readonly rules?: InventoryRules;
  /** How often the file is read; it is small, and every way of telling changes fails on some file system. */
  readonly everyMs: number;
  /**
   * Rejects where a valid file cannot be taken over yet. That may pass without the file being changed (Kubernetes may
   * bring a secret after the file that names it), so it is asked again at each look.
   */
  readonly check?: (inventory: Inventory) => Promise<void>;
  /** A file that is valid as a whole and not the one before. `text` is its bytes as they stand. */
  readonly onChange: (inventory: Inventory, text: string) => void;
  /** Once for each faulty state; what was in force stays so. */
  readonly onRejected: (error: FtmError) => void;
}

export interface InventoryWatch {
  /** Looks now (SIGHUP). */
  look(): Promise<void>;
  stop(): void;
}

export function watchInventory(options: WatchOptions): InventoryWatch {
  let seen: string | undefined;
  /** What was last said against the file as it is, while that may pass. */
  let objection: string | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;
  const timer = setInterval(() => void look(), options.everyMs);
  timer.unref();
  void look();

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookOnce(): Promise<void> {
    const state = await read(options.path);
    if (stopped) return;
    const isFirst = seen === undefined;
    const key = 'text' in state ? state.text : `unreadable: ${state.error.message}`;
    if (key === seen && objection === undefined) return;
    const told = key === seen ? objection : undefined;
    seen = key;
    objection = undefined;
    let mayPass = false;
    try {
      if ('error' in state) throw state.error;
      const inventory = parseInventory(state.text, options.path, options.rules);
      if (isFirst) return;
      mayPass = true;
      await options.check?.(inventory);
      if (!stopped) options.onChange(inventory, state.text);
    } catch (thrown) {
      const error = asFtmError(thrown);
      if (mayPass) objection = error.message;
      if (error.message !== told) options.onRejected(error);
    }
  }

  return {
    look,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

function asFtmError(thrown: unknown): FtmError {
  if (thrown instanceof FtmError) return thrown;
  return new FtmError('ftm_internal', 'It could not be read.', { cause: thrown });
}

async function read(path: string): Promise<{ readonly text: string } | { readonly error: FtmError }> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (cause) {
    return {
      error: new FtmError('ftm_inventory_invalid', `The inventory ${path} cannot be read.`, { cause }),
    };
  }
}
