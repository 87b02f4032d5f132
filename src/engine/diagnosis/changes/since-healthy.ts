import type { SettingGroup } from '../../facts/comparison/table.ts';
import { RULES } from '../../rules/all-rules.ts';
import type { Finding } from '../diagnosis.ts';
import { type DeviceChange, orderChanges, quotesAll } from './compare-devices.ts';
import { type ConfigChange, compareSettings } from './compare-settings.ts';

/** Settings of a device when a check found it healthy. */
export interface HealthySettings {
  /** Time of that check, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly groups: readonly SettingGroup[];
}

export interface SettingChange extends Pick<DeviceChange, 'area' | 'kind' | 'place' | 'vdom' | 'setting'> {
  /** Rules of findings that point to it, the most decisive first. */
  readonly rules: readonly string[];
  /** It was made before this time, in milliseconds since the Unix epoch. */
  readonly before: number;
}

/** What changed since a device was last healthy. */
export interface SinceHealthy {
  readonly healthyAt: number;
  /** First those that findings point to, then by area. */
  readonly changes: readonly SettingChange[];
  /** Further changes, which are not listed. */
  readonly more: number;
}

export interface UnhealthyCheck {
  /** Time of the check, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly settings: readonly SettingGroup[];
  readonly findings: readonly Finding[];
  /** When a rule was first found broken since the healthy check, if that was earlier. */
  readonly brokenSince: ReadonlyMap<string, number>;
}

/** Maximum number of changes in an answer. */
const MAX_CHANGES = 12;
const MAX_VALUE = 300;

/** Compares an unhealthy check with the last healthy one. Pure. */
export function changesSinceHealthy(healthy: HealthySettings, now: UnhealthyCheck): SinceHealthy {
  const { changes: found } = compareSettings(healthy.groups, now.settings);
  const changes = found.map((change) => ({ ...change, rules: rulesPointingTo(change, now.findings) }));
  const ordered = orderChanges(
    changes,
    now.findings.map(({ rule }) => rule),
  );
  return {
    healthyAt: healthy.at,
    changes: ordered.slice(0, MAX_CHANGES).map((change) => settingChange(change, now)),
    more: Math.max(0, ordered.length - MAX_CHANGES),
  };
}

/** The finding quotes the changed lines, and its rule uses that fact. The facts of the healthy check are not kept. */
function rulesPointingTo({ fact, evidence }: ConfigChange, findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ rule: id, evidence: quotes }) => {
      const rule = RULES.find((each) => each.id === id);
      return rule?.facts.includes(fact) === true && quotesAll(quotes, evidence.new);
    })
    .map(({ rule }) => rule);
}

function settingChange(
  { area, kind, place, vdom, setting, rules }: DeviceChange,
  { at, brokenSince }: UnhealthyCheck,
): SettingChange {
  return {
    area,
    kind,
    place: clipText(place),
    vdom,
    ...(setting === undefined
      ? {}
      : {
          setting: {
            name: setting.name,
            before: clipText(setting.before),
            after: clipText(setting.after),
          },
        }),
    rules,
    before: Math.min(at, ...rules.map((rule) => brokenSince.get(rule) ?? at)),
  };
}

function clipText(text: string): string {
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE).toWellFormed()}…`;
}
