import { entriesIn } from '../../fortios/config/find.ts';
import type { FortiosVersion } from '../../fortios/version.ts';
import { type ConfigView, entriesOf, type PlacedBlock } from '../config/config-view.ts';
import { readEntry } from '../config/fields.ts';
import { cutOff, notShown, upToRefusal } from '../config/reading.ts';
import { wordSetting } from '../config/setting.ts';
import { type Fact, known } from '../fact.ts';
import { FACTS } from '../facts.ts';
import { ZONES, type Zone } from './firewall-values.ts';

/** Called `virtual-wan-link` up to 6.4.0. */
const SDWAN_PATHS = ['system sdwan', 'system virtual-wan-link'];
/** The zone of members without a zone. */
const DEFAULT_ZONE = 'virtual-wan-link';

/** Names that stand for several interfaces in policies: zones and SD-WAN zones. */
export function readZones(view: ConfigView, version: FortiosVersion | undefined): Fact<readonly Zone[]> {
  const sdwan = SDWAN_PATHS.flatMap((path) => view.blocks(path));
  const cut = [...view.blocks(ZONES.path), ...sdwan].find(({ block }) => !block.closed);
  if (cut) return cutOff(cut, FACTS.zones.commands);
  const plain = [...entriesOf(view, ZONES.path)];
  if (plain.length === 0 && sdwan.length === 0 && !view.covers(ZONES.path)) {
    return notShown('zones', view, ZONES.path);
  }
  const zones = [...plain.map((placed) => readEntry(ZONES, placed)), ...sdwan.flatMap(sdwanZones)];
  const quotes = [
    ...plain.map((placed) => placed.quote(placed.entry)),
    ...sdwan.map((at) => at.quote(at.block)),
  ];
  return upToRefusal('zones', view.sections, version, known(zones, quotes, view.bounds(ZONES.path)));
}

function sdwanZones(placed: PlacedBlock): readonly Zone[] {
  const byZone = new Map<string, string[]>(entriesIn(placed.block, 'zone').map((entry) => [entry.key, []]));
  for (const entry of entriesIn(placed.block, 'members')) {
    const zone = wordSetting(placed, entry, 'zone', DEFAULT_ZONE).value;
    byZone.set(zone, [...(byZone.get(zone) ?? []), wordSetting(placed, entry, 'interface', '').value]);
  }
  return [...byZone].map(([name, interfaces]) => ({
    name,
    vdom: placed.vdom,
    interfaces,
  }));
}
