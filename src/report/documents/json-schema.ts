import { z } from 'zod';
import { DIAGNOSIS_SCHEMA_ID, diagnosisSchema } from '../../engine/diagnosis/diagnosis.ts';
import { CASES_SCHEMA_ID, casesSchema } from './cases/cases-schema.ts';
import { DEVICE_COMPARISON_SCHEMA_ID, deviceComparisonSchema } from './changes/comparison-json.ts';
import { REPLAY_SCHEMA_ID, replaySchema } from './changes/replay-schema.ts';
import { EXPORT_SCHEMA_ID, exportSchema } from './export-schema.ts';
import { HISTORY_SCHEMA_ID, historySchema } from './history/history-schema.ts';

/** The JSON Schema of `--format json`, as it is published in the package; `npm run schema` writes it. */
export function diagnosisJsonSchema(): string {
  return publishedSchema(diagnosisSchema, DIAGNOSIS_SCHEMA_ID);
}

/** Of `--each --format json`. */
export function casesJsonSchema(): string {
  return publishedSchema(casesSchema, CASES_SCHEMA_ID);
}

/** Of `compare --format json`. */
export function deviceComparisonJsonSchema(): string {
  return publishedSchema(deviceComparisonSchema, DEVICE_COMPARISON_SCHEMA_ID);
}

/** Of `replay --json`. */
export function replayJsonSchema(): string {
  return publishedSchema(replaySchema, REPLAY_SCHEMA_ID);
}

/** Of `history --json`. */
export function historyJsonSchema(): string {
  return publishedSchema(historySchema, HISTORY_SCHEMA_ID);
}

/** Of `export`. */
export function exportJsonSchema(): string {
  return publishedSchema(exportSchema, EXPORT_SCHEMA_ID);
}

function publishedSchema(schema: z.ZodType, id: string): string {
  const { $schema, $defs = {}, ...root } = z.toJSONSchema(schema);
  const { id: _, ...body } = $defs[id] ?? root;
  return `${JSON.stringify({ $schema, $id: id, ...body }, null, 2)}\n`;
}
