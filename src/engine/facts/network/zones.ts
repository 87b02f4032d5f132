import type { Section } from '../../evidence/types.ts';
import type { FortiosVersion } from '../../fortios/version.ts';
import { type ConfigView, entriesOf, type PlacedBlock } from '../config/config-view.ts';
import { cutOff, notShown, upToRefusal, wordSetting, wordsSetting } from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import { FACTS } from '../fact-list.ts';
import type { Zone } from './firewall-values.ts';

/** Called `virtual-wan-link` up to 6.4.0. */
const SDWAN_PATHS = ['system sdwan', 'system virtual-wan-link'];
/** The zone of members without a zone. */
const DEFAULT_ZONE = 'virtual-wan-link';

/** Names that stand for several interfaces in policies: zones and SD-WAN zones. */
export function readZones(
  sections: readonly Section[],
  view: ConfigView,
  version: FortiosVersion | undefined,
): Fact<readonly Zone[]> {
  const sdwan = SDWAN_PATHS.flatMap((path) => view.blocks(path));
  const cut = [...view.blocks('system zone'), ...sdwan].find(({ block }) => !block.closed);
  if (cut) return cutOff(cut, FACTS.zones.commands);
  const plain = [...entriesOf(view, 'system zone')];
  if (plain.length === 0 && sdwan.length === 0 && !view.covers('system zone')) {
    return notShown('zones', sections, view, 'system zone');
  }
  const zones = [
    ...plain.map((placed) => ({
      name: placed.entry.key,
      vdom: placed.vdom,
      interfaces: wordsSetting(placed, placed.entry, 'interface', []).value,
    })),
    ...sdwan.flatMap(sdwanZones),
  ];
  const quotes = [
    ...plain.map((placed) => placed.quote(placed.entry)),
    ...sdwan.map((at) => at.quote(at.block)),
  ];
  return upToRefusal('zones', sections, version, known(zones, quotes, view.bounds('system zone')));
}

function sdwanZones(placed: PlacedBlock): readonly Zone[] {
  const table = (path: string) => placed.block.blocks.find((each) => each.path === path)?.entries ?? [];
  const byZone = new Map<string, string[]>(table('zone').map((entry) => [entry.key, []]));
  for (const entry of table('members')) {
    const zone = wordSetting(placed, entry, 'zone', DEFAULT_ZONE).value;
    byZone.set(zone, [...(byZone.get(zone) ?? []), wordSetting(placed, entry, 'interface', '').value]);
  }
  return [...byZone].map(([name, interfaces]) => ({
    name,
    vdom: placed.vdom,
    interfaces,
  }));
}
