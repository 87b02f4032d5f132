import type { Inventory } from './inventory-types.ts';

export type CurrentInventory = ReturnType<typeof createCurrentInventory>;

/**
 * An inventory that can be replaced as a whole while the program runs. Synchronous readers (`decide`) see one state
 * of it; a check keeps the device it was allowed.
 */
export function createCurrentInventory(first: Inventory) {
  let current = first;
  return {
    /** Holders need not know that it can change. */
    inventory: new Proxy(first, {
      get: (_target, key) => Reflect.get(current, key),
      has: (_target, key) => Reflect.has(current, key),
      ownKeys: () => Reflect.ownKeys(current),
      getOwnPropertyDescriptor(_target, key) {
        const found = Reflect.getOwnPropertyDescriptor(current, key);
        return found && { ...found, configurable: true };
      },
    }),
    replace(next: Inventory) {
      current = next;
    },
  };
}
