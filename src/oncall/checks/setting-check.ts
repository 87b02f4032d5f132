export interface SettingCheck {
  readonly name: string;
  readonly ok: boolean;
  /** It works, with a risk that `detail` names. */
  readonly isWarning?: true;
  /** The result; if it failed, also what to do. May have several lines. */
  readonly detail: string;
  /** The other side did not answer, so the setting may be right. */
  readonly unreachable?: true;
}

export function passCheck(name: string, detail: string): SettingCheck {
  return { name, ok: true, detail };
}

export function failCheck(name: string, detail: string): SettingCheck {
  return { name, ok: false, detail };
}

export function awayCheck(name: string, detail: string): SettingCheck {
  return { name, ok: false, detail, unreachable: true };
}
