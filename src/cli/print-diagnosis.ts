import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { type Io, print } from './io.ts';
import type { Format } from './program.ts';

export async function printDiagnosis(diagnosis: Diagnosis, format: Format, io: Io): Promise<void> {
  await print(io.stdout, format === 'json' ? JSON.stringify(diagnosis, null, 2) : diagnosis.headline);
}
