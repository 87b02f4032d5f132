import { exportedValue } from './stored-keys.ts';

const FORGOTTEN = 'forgotten';

export interface PersonNames {
  /** Slack user ids, or names of FortiGate users. */
  readonly subjects: readonly string[];
  /** Names of the person that Slack reports. */
  readonly displayed: ReadonlySet<string>;
}

/** Whether a text mentions what is forgotten. */
type IsAbout = (text: string) => boolean;

/** The checks of a device, without who asked for them. */
export function withoutPerson(text: string, { subjects, displayed }: PersonNames): string {
  const checks = exportedValue(text);
  if (!Array.isArray(checks)) return '[]';
  return JSON.stringify(
    checks.map((check: { readonly asker?: { readonly id?: string; readonly name?: string } }) => {
      const { id, name = '' } = check.asker ?? {};
      const isPerson = subjects.includes(id ?? '') || subjects.includes(name) || displayed.has(name);
      return isPerson ? { ...check, asker: { id: FORGOTTEN } } : check;
    }),
  );
}

/** The devices of a group: the number of each is its place in the list. */
export function withoutDevice(text: string, isAbout: IsAbout): string {
  const aliases = exportedValue(text);
  if (!Array.isArray(aliases)) return '[]';
  return JSON.stringify(aliases.map((alias) => (isAbout(String(alias)) ? FORGOTTEN : alias)));
}

/** What a sweep found: the next one still compares the other devices with it. */
export function withoutSweptDevice(text: string, isAbout: IsAbout): string {
  const { run, devices } = exportedValue(text) as { readonly run?: unknown; readonly devices?: unknown };
  const rest = Array.isArray(devices) ? devices.filter((device) => !isAbout(JSON.stringify(device))) : [];
  return JSON.stringify({ run, devices: rest });
}
