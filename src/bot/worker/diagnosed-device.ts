import type { ReadCase } from '../../engine/case/diagnose-case.ts';
import { deviceSettings } from '../../engine/diagnosis/changes/device-settings.ts';
import type { SettingGroup } from '../../engine/diagnosis/changes/settings.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';

export interface DiagnosedDevice {
  readonly diagnosis: Diagnosis;
  /** All settings whose change can matter to push. */
  readonly settings: readonly SettingGroup[];
}

export function diagnosedDevice({ evidence, diagnosis }: ReadCase): DiagnosedDevice {
  return { diagnosis, settings: deviceSettings(evidence) };
}
