import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inventoryJsonSchema } from '../src/platform/config/inventory-json-schema.ts';
import {
  casesJsonSchema,
  deviceComparisonJsonSchema,
  diagnosisJsonSchema,
  exportJsonSchema,
  historyJsonSchema,
  replayJsonSchema,
} from '../src/report/documents/json-schema.ts';

/** `npm run schema`: the published schemas from the types that are checked at run time. */
const folder = join(import.meta.dirname, '..', 'schema');

await writeFile(join(folder, 'diagnosis@1.json'), diagnosisJsonSchema());
await writeFile(join(folder, 'cases@1.json'), casesJsonSchema());
await writeFile(join(folder, 'comparison@1.json'), deviceComparisonJsonSchema());
await writeFile(join(folder, 'replay@1.json'), replayJsonSchema());
await writeFile(join(folder, 'export@1.json'), exportJsonSchema());
await writeFile(join(folder, 'history@1.json'), historyJsonSchema());
await writeFile(join(folder, 'inventory@1.json'), inventoryJsonSchema());
