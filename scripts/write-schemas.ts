import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedSchemas } from './published-schemas.ts';

/** `npm run schema`: the published schemas from the types that are checked at run time. */
const folder = join(import.meta.dirname, '..', 'schema');

for (const [name, text] of publishedSchemas()) await writeFile(join(folder, name), text);
