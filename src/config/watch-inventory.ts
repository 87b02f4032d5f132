import { readFile } from 'node:fs/promises';
import { FtmError } from '../ftm-error.ts';
import { parseInventory } from './inventory.ts';
import type { Inventory } from './inventory-types.ts';

export interface WatchOptions {
  readonly path: string;
  /** How often the file is read; it is small, and every way of telling changes fails on some file system. */
  readonly everyMs: number;
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
    if (key === seen) return;
    seen = key;
    try {
      if ('error' in state) throw state.error;
      const inventory = parseInventory(state.text, options.path);
      if (!isFirst) options.onChange(inventory, state.text);
    } catch (error) {
      options.onRejected(
        error instanceof FtmError
          ? error
          : new FtmError('ftm_internal', 'It could not be read.', { cause: error }),
      );
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

async function read(path: string): Promise<{ readonly text: string } | { readonly error: FtmError }> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (cause) {
    return {
      error: new FtmError('ftm_inventory_invalid', `The inventory ${path} cannot be read.`, { cause }),
    };
  }
}
