import { deviceSettings } from '../../engine/diagnosis/changes/device-settings.ts';
import type { DiagnosedCase } from '../../engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { SettingGroup } from '../../engine/facts/comparison/table.ts';

export interface DiagnosedDevice {
  readonly diagnosis: Diagnosis;
  /** All settings whose change can matter to push. */
  readonly settings: readonly SettingGroup[];
}

export function toDiagnosedDevice({ evidence, diagnosis }: DiagnosedCase): DiagnosedDevice {
  return { diagnosis, settings: deviceSettings(evidence) };
}
