import { type Diagnosis, diagnosisSchema } from '../../engine/diagnosis/diagnosis.ts';
import { escapeJson } from '../../engine/text/escape-json.ts';

/**
 * The published form: keys in schema order, two spaces of indentation, no control characters, no final line break. Throws if the schema is
 * violated.
 */
export function renderJson(diagnosis: Diagnosis): string {
  const { redactions, ...rest } = diagnosisSchema.parse(diagnosis);
  const byKind = Object.fromEntries(Object.entries(redactions.byKind).sort(([a], [b]) => (a < b ? -1 : 1)));
  return escapeJson(JSON.stringify({ ...rest, redactions: { ...redactions, byKind } }, null, 2));
}
