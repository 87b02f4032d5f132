import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, isSet, notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Fact, Sourced } from '../fact.ts';
import type { LocalUser } from '../values.ts';
import type { GroupMatch, UserGroup } from './user-group.ts';

export function readLocalUsers(sections: readonly Section[], view: ConfigView): Fact<readonly LocalUser[]> {
  return tableFact(view, 'user local', userOf, () => notSeen('localUsers', sections), [
    'two-factor',
    'fortitoken',
  ]);
}

export function readUserGroups(sections: readonly Section[], view: ConfigView): Fact<readonly UserGroup[]> {
  return tableFact(view, 'user group', groupOf, () => notSeen('userGroups', sections));
}

function userOf(placed: PlacedEntry): LocalUser {
  const { entry, vdom } = placed;
  const type = userType(wordSetting(placed, entry, 'type', 'password').value);
  const token = wordSetting(placed, entry, 'fortitoken', '');
  const server = wordSetting(placed, entry, `${type}-server`, '');
  const status = flagSetting(placed, entry, 'status', true);
  return {
    name: entry.key,
    vdom,
    type,
    enabled: status.value,
    disabledBy: status.value ? undefined : status.quotes,
    twoFactor: twoFactorOf(wordSetting(placed, entry, 'two-factor', 'disable')),
    token: isSet(token) ? token : undefined,
    remoteServer: server.value || undefined,
    hasEmail: wordSetting(placed, entry, 'email-to', '').value !== '',
    caseSensitive: caseSensitive(placed),
    passwordPolicy: wordSetting(placed, entry, 'passwd-policy', '').value || undefined,
    partial: placed.entire ? undefined : true,
    shownAlone: placed.selected ? true : undefined,
  };
}

function userType(value: string): LocalUser['type'] {
  return value === 'ldap' || value === 'radius' || value === 'tacacs+' || value === 'saml'
    ? value
    : 'password';
}

/** `username-case-sensitivity` (6.0.11–7.0.0) became `username-sensitivity` (7.0.1). */
function caseSensitive(placed: PlacedEntry): boolean {
  const { entry } = placed;
  return (
    flagSetting(placed, entry, 'username-sensitivity', true).value &&
    flagSetting(placed, entry, 'username-case-sensitivity', true).value
  );
}

export function twoFactorOf(setting: Sourced<string>): LocalUser['twoFactor'] {
  const { value } = setting;
  const method =
    value === 'fortitoken' || value === 'fortitoken-cloud' || value === 'email' || value === 'sms'
      ? value
      : 'disable';
  return { ...setting, value: method };
}

function groupOf(placed: PlacedEntry): UserGroup {
  return {
    name: placed.entry.key,
    vdom: placed.vdom,
    members: wordsSetting(placed, placed.entry, 'member', []),
    matches: matchesOf(placed),
    partial: placed.entire ? undefined : true,
  };
}

function matchesOf(placed: PlacedEntry): readonly GroupMatch[] {
  const block = placed.entry.blocks.find(({ path }) => path === 'match');
  return (block?.entries ?? []).map((entry) => {
    const group = wordSetting(placed, entry, 'group-name', '');
    return {
      key: entry.key,
      server: wordSetting(placed, entry, 'server-name', '').value,
      group: group.value,
      quotes: group.quotes,
    };
  });
}
