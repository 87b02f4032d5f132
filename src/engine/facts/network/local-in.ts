import type { Section } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Fact, Sourced } from '../fact.ts';
import type { CustomService, LocalInPolicy, ServiceGroup } from './firewall-values.ts';

export function readLocalInPolicies(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly LocalInPolicy[]> {
  return tableFact(view, 'firewall local-in-policy', policyOf, () => notSeen('localInPolicies', sections));
}

export function readCustomServices(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly CustomService[]> {
  return tableFact(view, 'firewall service custom', serviceOf, () => notSeen('customServices', sections));
}

export function readServiceGroups(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly ServiceGroup[]> {
  return tableFact(
    view,
    'firewall service group',
    (placed) => ({
      name: placed.entry.key,
      vdom: placed.vdom,
      members: wordsSetting(placed, placed.entry, 'member', []).value,
    }),
    () => notSeen('serviceGroups', sections),
  );
}

const DECISIVE = [
  'srcaddr',
  'srcaddr-negate',
  'internet-service-src',
  'dstaddr-negate',
  'service',
  'service-negate',
  'action',
];
const NEGATIONS = { sources: 'srcaddr', destinations: 'dstaddr', services: 'service' } as const;

function policyOf(placed: PlacedEntry): LocalInPolicy {
  const { entry, vdom } = placed;
  return {
    id: entry.key,
    vdom,
    interfaces: wordsSetting(placed, entry, 'intf', []).value,
    sources: wordsSetting(placed, entry, 'srcaddr', []).value,
    otherSources: flagSetting(placed, entry, 'internet-service-src', false).value,
    destinations: wordsSetting(placed, entry, 'dstaddr', []).value,
    services: wordsSetting(placed, entry, 'service', []).value,
    negated: (['sources', 'destinations', 'services'] as const).filter(
      (each) => flagSetting(placed, entry, `${NEGATIONS[each]}-negate`, false).value,
    ),
    schedule: wordSetting(placed, entry, 'schedule', 'always'),
    action: actionOf(wordSetting(placed, entry, 'action', 'deny')),
    quotes: [placed.quote(entry), ...decisiveQuotes(placed)],
    enabled:
      flagSetting(placed, entry, 'status', true).value &&
      !flagSetting(placed, entry, 'ha-mgmt-intf-only', false).value,
  };
}

function decisiveQuotes(placed: PlacedEntry) {
  return DECISIVE.flatMap((name) => {
    const found = setting(placed.entry, name);
    return found ? [placed.quote(found)] : [];
  });
}

function actionOf(setting: Sourced<string>): LocalInPolicy['action'] {
  return { ...setting, value: setting.value === 'accept' ? 'accept' : 'deny' };
}

function serviceOf(placed: PlacedEntry): CustomService {
  // `4433:1024-65535` also names source ports; only the destination matters here.
  const ports = wordsSetting(placed, placed.entry, 'tcp-portrange', []).value.map(
    (range) => range.split(':')[0] ?? '',
  );
  return {
    name: placed.entry.key,
    vdom: placed.vdom,
    tcpPorts: ports,
  };
}
