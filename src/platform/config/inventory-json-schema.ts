import { z } from 'zod';
import { inventorySchema } from './inventory-schema.ts';

/** Returns the JSON Schema of an inventory file, for editors that validate YAML. */
export function inventoryJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(inventorySchema, { io: 'input' }), null, 2)}\n`;
}
