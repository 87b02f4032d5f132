import type { Setting } from '../../../engine/fortios/config/types.ts';
import { type FortiosVersion, formatVersion } from '../../../engine/fortios/version.ts';
import { localInPolicy } from './firewall-local-in-policy.ts';
import { serviceCustom } from './firewall-service-custom.ts';
import { vip } from './firewall-vip.ts';
import { accprofile } from './system-accprofile.ts';
import { admin } from './system-admin.ts';
import { console } from './system-console.ts';
import { ddns } from './system-ddns.ts';
import { dns } from './system-dns.ts';
import { fortiguard } from './system-fortiguard.ts';
import { ftmPush } from './system-ftm-push.ts';
import { global } from './system-global.ts';
import { networkInterface } from './system-interface.ts';
import { ntp } from './system-ntp.ts';
import { settings } from './system-settings.ts';
import type { OptionSchema, Schema } from './types.ts';
import { userFortitoken } from './user-fortitoken.ts';
import { userGroup } from './user-group.ts';
import { userLocal } from './user-local.ts';
import { userRadius } from './user-radius.ts';
import { phase1Interface } from './vpn-ipsec-phase1-interface.ts';
import { sslSettings } from './vpn-ssl-settings.ts';
import { within } from './within.ts';

const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  [
    localInPolicy,
    serviceCustom,
    vip,
    accprofile,
    admin,
    console,
    ddns,
    dns,
    fortiguard,
    ftmPush,
    global,
    networkInterface,
    ntp,
    settings,
    userFortitoken,
    userGroup,
    userLocal,
    userRadius,
    phase1Interface,
    sslSettings,
  ].map((each) => [each.path, each]),
);

/** The schema of `config <path>`; `undefined` for a path that accepts anything here. */
export function findSchema(path: string): Schema | undefined {
  return SCHEMAS.get(path);
}

export function schemas(): readonly Schema[] {
  return [...SCHEMAS.values()];
}

const OPTIONS = new WeakMap<Schema, Map<string, readonly OptionSchema[]>>();

/** The attributes of this release, in the order in which FortiOS prints them. */
export function listOptions(schema: Schema, version: FortiosVersion): readonly OptionSchema[] {
  const byRelease = OPTIONS.get(schema) ?? new Map<string, readonly OptionSchema[]>();
  OPTIONS.set(schema, byRelease);
  const release = formatVersion(version);
  const known = byRelease.get(release);
  if (known) return known;
  const options = schema.options.filter((each) => within(version, each.versions));
  byRelease.set(release, options);
  return options;
}

/** Those of them that exist while the object or entry has these settings. */
export function shownOptions(
  schema: Schema,
  version: FortiosVersion,
  settings: readonly Setting[],
): readonly OptionSchema[] {
  const all = listOptions(schema, version);
  return all.filter(({ when }) => {
    if (!when) return true;
    const decisive = all.find((each) => each.name === when.option);
    const held = settings.findLast((each) => each.name === when.option)?.values[0];
    const value = held ?? (decisive && getDefault(decisive, version));
    return value !== undefined && when.is.includes(value);
  });
}

export function getDefault(option: OptionSchema, version: FortiosVersion): string | undefined {
  return typeof option.default === 'function' ? option.default(version) : option.default;
}
