import { z } from 'zod';
import { diagnosisSchema } from '../src/engine/diagnosis/diagnosis.ts';
import { inventorySchema } from '../src/platform/config/inventory-schema.ts';
import { casesSchema } from '../src/report/documents/cases/cases-schema.ts';
import { deviceComparisonSchema } from '../src/report/documents/changes/comparison-json.ts';
import { replaySchema } from '../src/report/documents/changes/replay-schema.ts';
import { exportSchema } from '../src/report/documents/export-schema.ts';
import { historySchema } from '../src/report/documents/history/history-schema.ts';

/** What is printed as JSON, by the name of its file in `schema/`. */
export const PRINTED = {
  'diagnosis@1': diagnosisSchema,
  'cases@1': casesSchema,
  'comparison@1': deviceComparisonSchema,
  'replay@1': replaySchema,
  'export@1': exportSchema,
  'history@1': historySchema,
} as const;

/** The text of every file in `schema/`, by its name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  // For editors that validate the YAML: what may be written, before it is read.
  const inventory = z.toJSONSchema(inventorySchema, { io: 'input' });
  const printed = Object.entries(PRINTED).map(([name, schema]) => [name, printedSchema(schema)] as const);
  return new Map(
    [...printed, ['inventory@1', inventory] as const].map(([name, schema]) => [
      `${name}.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  );
}

/** The JSON Schema of a document, with its id as the root's. */
export function printedSchema(schema: z.ZodType): object {
  const id = schema.meta()?.id ?? '';
  const { $schema, $defs = {}, ...root } = z.toJSONSchema(schema);
  const { id: _, ...body } = $defs[id] ?? root;
  return { $schema, $id: id, ...body };
}
