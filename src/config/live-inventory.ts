import type { Inventory } from './inventory-types.ts';

export interface LiveInventory {
  /** Always the one that is in force; whoever holds it need not know that it can change. */
  readonly inventory: Inventory;
  replace(next: Inventory): void;
}

/**
 * An inventory that can be replaced as a whole while the program runs. Readers that decide in one go (`decide`) see one
 * state of it; who keeps a device for the length of a check keeps the one it was allowed.
 */
export function liveInventory(first: Inventory): LiveInventory {
  let current = first;
  return {
    inventory: new Proxy(first, {
      get: (_target, key) => Reflect.get(current, key),
      has: (_target, key) => Reflect.has(current, key),
      ownKeys: () => Reflect.ownKeys(current),
      getOwnPropertyDescriptor(_target, key) {
        const found = Reflect.getOwnPropertyDescriptor(current, key);
        return found && { ...found, configurable: true };
      },
    }),
    replace(next) {
      current = next;
    },
  };
}
