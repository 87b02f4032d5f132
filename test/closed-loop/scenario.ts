import type { FortiosVersion } from '../../src/engine/fortios/version.ts';
import type { RuleId } from '../../src/engine/rules/rule-ids.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import type { DeviceState } from '../../src/stand-ins/fortigate/device-state.ts';
import type { Directories } from '../../src/stand-ins/fortigate/logins/directories.ts';
import type { Login } from '../../src/stand-ins/fortigate/logins/login.ts';
import type { Sections } from './device.ts';
import type { TestDevice } from './loop.ts';

/**
 * The releases on which every fix is typed: one or more on each side of every change of `system ftm-push`. For a setting
 * that came with 6.4.10, the first one is 6.4.12.
 */
export const SAMPLE_RELEASES = [
  '6.0.12',
  '6.2.9',
  '6.4.5',
  '6.4.12',
  '7.0.12',
  '7.2.8',
  '7.4.0',
  '7.4.1',
  '7.4.3',
  '7.4.8',
  '7.6.2',
  '7.6.4',
] as const;
export type SampleRelease = (typeof SAMPLE_RELEASES)[number];

/**
 * How the fix of a rule is proved, in `test/engine/rules/<id>/closed-loop.ts`: a broken device, the fix, a device in order, the
 * undo, and the broken device again. A rule whose fix has no line to type has no such file.
 */
export interface ClosedLoop {
  /** The FortiOS release from which a device can be broken like this: `7.4.2`. Every release by default. */
  readonly since?: { readonly release: `${number}.${number}.${number}`; readonly why: string };
  /** It can only happen on a device with VDOMs. */
  readonly vdoms?: 'only';
  readonly scenarios: readonly Scenario[];
}

/** One way in which a device is broken, and all that is needed to see it break, be repaired and break again. */
export interface Scenario {
  readonly name: string;
  /** Those of the rule by default. */
  readonly releases?: readonly SampleRelease[];
  /** Devices with and without VDOMs by default. */
  readonly vdoms?: 'only' | 'none';
  readonly broken: (version: FortiosVersion) => Sections;
  readonly behaviour?: SimulatorBehaviour;
  readonly outputs?: Readonly<Record<string, string>>;
  /** What is pasted beside the check: the log of a login on the device as it is now, by name. */
  readonly pasted?: (device: DeviceView) => Readonly<Record<string, string>>;
  /** A login that is refused on the broken device, gets in after the fix, and is refused again after the undo. */
  readonly login?: Login;
  /** The servers behind the device. */
  readonly directories?: Directories;
  /** What a person types for the placeholders of the fix. */
  readonly fill?: Readonly<Record<string, string>>;
  /** What no line can do: until a person does it, this rule says that something is missing. */
  readonly person?: { readonly until: RuleId; readonly does: (device: TestDevice) => void };
  /** How people run into it again once the undo is typed, where the lines alone do not break it. */
  readonly again?: (device: TestDevice) => void;
  /** Why FortiOS cannot be brought back to the broken state, where it cannot. */
  readonly noWayBack?: string;
  /** What the undo leaves changed, and why that is right. */
  readonly leaves?: string;
  /** Settings that change although the placeholders of the fix were not filled in; none by default. */
  readonly changedUnfilled?: RegExp;
}

export interface RuleScenario extends Scenario {
  readonly rule: RuleId;
}

/** What the device takes for now; a test moves it. */
export interface Clock {
  now: Date;
}

/** Settings of the device as they are now. */
export interface DeviceView {
  readonly version: FortiosVersion;
  /** Where the scenario is; `root` without VDOMs too. */
  readonly vdom: string;
  /** Of an object: the value, or `otherwise` where none is set. */
  readonly value: (path: string, name: string, otherwise: string) => string;
  /** Of an entry of a table. */
  readonly entry: (path: string, key: string, name: string) => readonly string[];
  /** Of a table inside a block. */
  readonly innerKeys: (path: string, table: string) => readonly string[];
}

export function deviceView(state: DeviceState, vdom: string): DeviceView {
  const scopes = state.multiVdom
    ? ([{ kind: 'global' }, { kind: 'vdom', name: vdom }] as const)
    : ([{ kind: 'none' }] as const);
  const blockOf = (path: string) => scopes.map((scope) => state.block(scope, path)).find((each) => each);
  return {
    version: state.version,
    vdom,
    value: (path, name, otherwise) =>
      blockOf(path)
        ?.settings.findLast((each) => each.name === name)
        ?.values.join(' ') ?? otherwise,
    entry: (path, key, name) =>
      blockOf(path)
        ?.entries.find((each) => each.key === key)
        ?.settings.findLast((each) => each.name === name)?.values ?? [],
    innerKeys: (path, table) =>
      blockOf(path)
        ?.blocks.find((each) => each.path === table)
        ?.entries.map(({ key }) => key) ?? [],
  };
}

export function releasesSince(release: string): readonly SampleRelease[] {
  return SAMPLE_RELEASES.filter((each) => isAtLeast(each, release));
}

function isAtLeast(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) >= 0;
}
