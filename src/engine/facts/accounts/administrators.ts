import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { isSet, notSeen, wordSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import { type Fact, unknown } from '../fact.ts';
import { FACTS } from '../fact-list.ts';
import type { Administrator, AdminProfile } from '../values.ts';
import { twoFactorOf } from './users.ts';

/**
 * `trusthost1` … `trusthost10`: `show` omits unset ones, `show full-configuration` prints them as 0.0.0.0 0.0.0.0.
 */
const TRUSTED_HOST = /^trusthost\d+$/;
const TRUSTED_HOST_6 = /^ip6-trusthost\d+$/;
const ANY = new Set(['0.0.0.0 0.0.0.0', '0.0.0.0/0', '::/0']);

export function readAdministrators(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly Administrator[]> {
  // The rule needs to know whether *every* administrator is restricted: a single entry says nothing about the others.
  const blocks = view.blocks('system admin');
  if (blocks.length > 0 && blocks.every((placed) => placed.selected))
    return notSeen('administrators', sections);
  const fact = tableFact(view, 'system admin', administratorOf, () => notSeen('administrators', sections));
  return fact.state === 'known' && fact.partial !== undefined
    ? unknown(fact.partial, FACTS.administrators.commands)
    : fact;
}

const RIGHTS = new Set(['read', 'read-write', 'custom']);

export function readAdminProfiles(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly AdminProfile[]> {
  return tableFact(
    view,
    'system accprofile',
    ({ entry }) => ({
      name: entry.key,
      grants: entry.settings.some(({ values }) => values.some((value) => RIGHTS.has(value))),
    }),
    () => notSeen('adminProfiles', sections),
  );
}

function administratorOf(placed: PlacedEntry): Administrator {
  const { entry } = placed;
  const { hosts, restricting } = hostsOf(placed, TRUSTED_HOST);
  const sixth = hostsOf(placed, TRUSTED_HOST_6);
  const profile = wordSetting(placed, entry, 'accprofile', '');
  const token = wordSetting(placed, entry, 'fortitoken', '');
  return {
    name: entry.key,
    partial: placed.entire ? undefined : true,
    // An unset line does not lift the restriction: beside a set host it is ignored (KB 190592).
    trustedHosts: {
      value: restricting.map((host) => host.value),
      explicit: hosts.length > 0,
      quotes: [placed.quote(entry), ...restricting.flatMap((host) => host.quotes)],
    },
    ...(sixth.restricting.length > 0
      ? {
          trustedHosts6: {
            value: sixth.restricting.map((host) => host.value),
            explicit: true,
            quotes: sixth.restricting.flatMap((host) => host.quotes),
          },
        }
      : {}),
    profile: profile.value || undefined,
    twoFactor: twoFactorOf(wordSetting(placed, entry, 'two-factor', 'disable')),
    token: isSet(token) ? token : undefined,
  };
}

/** Returns the lines that are set, and those of them that restrict access. */
function hostsOf(placed: PlacedEntry, pattern: RegExp) {
  const { entry } = placed;
  const names = [...new Set(entry.settings.map((each) => each.name))].filter((name) => pattern.test(name));
  const hosts = names.map((name) => wordSetting(placed, entry, name, '')).filter((host) => host.value !== '');
  return { hosts, restricting: hosts.filter((host) => !ANY.has(host.value)) };
}
