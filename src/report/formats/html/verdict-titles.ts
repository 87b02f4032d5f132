import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';

export const VERDICT_TITLES: Readonly<Record<Diagnosis['verdict'], string>> = {
  broken: 'Broken',
  healthy: 'Fine',
  inconclusive: 'Not clear yet',
};
