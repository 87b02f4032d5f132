import { z } from 'zod';
import { inventorySchema } from './inventory-schema.ts';

/** The JSON Schema of an inventory file, for editors that check YAML while it is typed. */
export function inventoryJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(inventorySchema, { io: 'input' }), null, 2)}\n`;
}
