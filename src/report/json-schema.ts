import { z } from 'zod';
import { DIAGNOSIS_SCHEMA_ID, diagnosisSchema } from '../diagnosis/diagnosis.ts';

/** The JSON Schema of `--format json`, as it is published in the package; `npm run schema` writes it. */
export function diagnosisJsonSchema(): string {
  const { $schema, $defs = {}, ...root } = z.toJSONSchema(diagnosisSchema);
  const { id: _, ...body } = $defs[DIAGNOSIS_SCHEMA_ID] ?? root;
  return `${JSON.stringify({ $schema, $id: DIAGNOSIS_SCHEMA_ID, ...body }, null, 2)}\n`;
}
