import type { ReadCase } from '../case/diagnose-case.ts';
import { deviceSettings } from '../diagnosis/changes/device-settings.ts';
import type { SettingGroup } from '../diagnosis/changes/settings.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';

export interface DiagnosedDevice {
  readonly diagnosis: Diagnosis;
  /** All settings whose change can matter to push. */
  readonly settings: readonly SettingGroup[];
}

export function diagnosedDevice({ evidence, diagnosis }: ReadCase): DiagnosedDevice {
  return { diagnosis, settings: deviceSettings(evidence) };
}
