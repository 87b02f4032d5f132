import type { Quote } from '../../evidence/types.ts';
import { entriesIn } from '../../fortios/config/find.ts';
import { compareUnsourced } from '../comparison/settings.ts';
import type { PlacedBlock } from '../config/config-view.ts';
import {
  bare,
  bareIfSet,
  choiceField,
  declare,
  type EntryOf,
  type Field,
  flagField,
  ifSet,
  listField,
  numberField,
  PARTIAL,
  readAs,
  textField,
  unshown,
} from '../config/fields.ts';
import { flagSetting, type Holder, wordSetting } from '../config/setting.ts';
import type { Sourced } from '../fact.ts';

const SECOND_FACTOR = {
  twoFactor: choiceField('two-factor', ['disable', 'fortitoken', 'fortitoken-cloud', 'email', 'sms']),
  /** Serial of the linked token, as the device spells it. */
  token: ifSet(textField('fortitoken')),
};

const TYPE = bare(choiceField('type', ['password', 'ldap', 'radius', 'tacacs+', 'saml']));

export const LOCAL_USERS = declare({
  path: 'user local',
  area: 'users',
  decisive: ['two-factor', 'fortitoken'],
  fields: {
    partial: PARTIAL,
    /** The device was asked for this entry: `show user local marlow`. */
    shownAlone: unshown(({ selected }) => (selected ? (true as const) : undefined)),
    ...SECOND_FACTOR,
    type: TYPE,
    /** Server a remote user authenticates against. */
    remoteServer: readAs(
      bareIfSet(textField('server')),
      (...at) => wordSetting(...at, `${TYPE.read(...at)}-server`, '').value || undefined,
    ),
    /** An e-mail address for activations and codes is set. */
    hasEmail: {
      name: 'email-to is set',
      show: compareUnsourced,
      read: (...at) => wordSetting(...at, 'email-to', '').value !== '',
    } satisfies Field<boolean>,
    /** False if `Ana` and `ana` are the same user. `username-case-sensitivity` (6.0.11–7.0.0) became `username-sensitivity` (7.0.1). */
    caseSensitive: readAs(flagField('username-sensitivity', true), (...at) => {
      const old = flagSetting(...at, 'username-case-sensitivity', true);
      return old.explicit ? old : flagSetting(...at, 'username-sensitivity', true);
    }),
    passwordPolicy: bareIfSet(textField('passwd-policy')),
    enabled: {
      ...flagField('status', true),
      show: (area, name, { value, quotes }) => compareUnsourced(area, name, value, value ? [] : quotes),
    } satisfies Field<Sourced<boolean>>,
  },
});
export type LocalUser = EntryOf<typeof LOCAL_USERS>;

export const USER_GROUPS = declare({
  path: 'user group',
  area: 'users',
  fields: {
    partial: PARTIAL,
    members: listField('member'),
    /** `config match`: of a server in `member` only those users get in whom it reports in this group. */
    matches: {
      name: 'match',
      show: (area, name, matches) =>
        matches.map(({ key, server, group, quotes }) =>
          compareUnsourced(area, `${name} ${key}`, `${server}: ${group}`, quotes),
        ),
      read: readMatches,
    } satisfies Field<readonly GroupMatch[]>,
  },
});
export type UserGroup = EntryOf<typeof USER_GROUPS>;

export interface GroupMatch {
  /** Its number in the table: `edit 1`. */
  readonly key: string;
  readonly server: string;
  readonly group: string;
  readonly quotes: readonly Quote[];
}

function readMatches(placed: PlacedBlock, holder: Holder): readonly GroupMatch[] {
  return entriesIn(holder, 'match').map((entry) => {
    const { value: group, quotes } = wordSetting(placed, entry, 'group-name', '');
    return { key: entry.key, server: wordSetting(placed, entry, 'server-name', '').value, group, quotes };
  });
}

/**
 * `trusthost1` … `trusthost10`: `show` omits unset ones, `show full-configuration` prints them as 0.0.0.0 0.0.0.0.
 */
const TRUSTED_HOST = /^trusthost\d+$/;
const TRUSTED_HOST_6 = /^ip6-trusthost\d+$/;
const ANY = new Set(['0.0.0.0 0.0.0.0', '0.0.0.0/0', '::/0']);

export const ADMINISTRATORS = declare({
  path: 'system admin',
  area: 'administrators',
  // A rule needs to know whether every administrator is restricted.
  onlyWhole: true,
  fields: {
    partial: PARTIAL,
    /** IPv4 trusted hosts other than 0.0.0.0/0; empty means any source. */
    trustedHosts: readAs(listField('trusthost'), (placed, holder) => {
      // An unset line does not lift the restriction: beside a set host it is ignored (KB 190592).
      const { hosts, restricting } = trustedHosts(placed, holder, TRUSTED_HOST);
      return {
        value: restricting.map(({ value }) => value),
        explicit: hosts.length > 0,
        quotes: [placed.quote(holder), ...restricting.flatMap(({ quotes }) => quotes)],
      };
    }),
    /** IPv6 trusted hosts other than ::/0; absent without any. */
    trustedHosts6: {
      ...listField('ip6-trusthost'),
      read: (...at) => {
        const { restricting } = trustedHosts(...at, TRUSTED_HOST_6);
        if (restricting.length === 0) return undefined;
        const value = restricting.map((host) => host.value);
        return { value, explicit: true, quotes: restricting.flatMap(({ quotes }) => quotes) };
      },
    } satisfies Field<Sourced<readonly string[]> | undefined>,
    profile: bareIfSet(textField('accprofile')),
    ...SECOND_FACTOR,
  },
});
export type Administrator = EntryOf<typeof ADMINISTRATORS>;

/** Returns the lines that are set, and those of them that restrict access. */
function trustedHosts(placed: PlacedBlock, holder: Holder, pattern: RegExp) {
  const names = [...new Set(holder.settings.map((each) => each.name))].filter((name) => pattern.test(name));
  const hosts = names
    .map((name) => wordSetting(placed, holder, name, ''))
    .filter(({ value }) => value !== '');
  return { hosts, restricting: hosts.filter(({ value }) => !ANY.has(value)) };
}

const RIGHTS = new Set(['read', 'read-write', 'custom']);

export const ADMIN_PROFILES = declare({
  path: 'system accprofile',
  area: 'administrators',
  isNamedByOthers: true,
  fields: {
    /** It allows anything. */
    grants: {
      name: 'grants anything',
      show: compareUnsourced,
      read: (_, { settings }) => settings.some(({ values }) => values.some((value) => RIGHTS.has(value))),
    } satisfies Field<boolean>,
  },
});

/** Their secrets are redacted. */
export const TOKENS = declare({
  path: 'user fortitoken',
  area: 'users',
  key: 'serial',
  fields: {
    locked: readAs(flagField('status', false), (...at) => {
      const status = wordSetting(...at, 'status', 'active');
      return { ...status, value: status.value === 'lock' };
    }),
    /** A phone has registered for push. */
    registered: readAs(
      bare(flagField('reg-id', false)),
      (...at) => wordSetting(...at, 'reg-id', '').value !== '',
    ),
    osVersion: bareIfSet(textField('os-ver')),
    /** Seconds since the Unix epoch. */
    activationExpires: unshown((...at) => {
      const expires = numberField('activation-expire', 0).read(...at);
      return expires.value > 0 ? expires : undefined;
    }),
    licence: bareIfSet(textField('license')),
  },
});
export type TokenConfig = EntryOf<typeof TOKENS>;
