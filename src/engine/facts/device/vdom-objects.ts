import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import type { ConfigView, PlacedBlock } from '../config/config-view.ts';
import { readFields } from '../config/fields.ts';
import { isCutAnswer, notShown, upToEnd } from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import { SSL_VPN, type SslVpnSettings, VDOM_SETTINGS, type VdomSettings } from './settings.ts';

/** Reads SSL VPN of every VDOM in the evidence. A VDOM without the block has none. */
export function readSslVpn(view: ConfigView): Fact<readonly SslVpnSettings[]> {
  const { path, fields } = SSL_VPN;
  const blocks = view.blocks(path);
  if (blocks.some(isCutAnswer)) return notShown('sslVpn', view, path);
  if (blocks.length === 0)
    return view.covers(path) ? known([], [], view.bounds(path)) : notShown('sslVpn', view, path);
  const latest = [...new Map(blocks.map((placed) => [placed.vdom ?? '', placed])).values()];
  return listFact(view, path, latest, (placed) => readFields(fields, placed, placed.block));
}

/** Reads `system settings` of every VDOM in the evidence. */
export function readVdomSettings(
  view: ConfigView,
  version: FortiosVersion | undefined,
): Fact<readonly VdomSettings[]> {
  const { path, fields } = VDOM_SETTINGS;
  const blocks = view.objects(path);
  if (blocks.length === 0) return notShown('vdomSettings', view, path);
  return listFact(view, path, blocks, (placed) => {
    const { ikeTcpPort } = readFields(fields, placed, placed.block);
    const value = ikeTcpPort.explicit ? ikeTcpPort.value : defaultIkeTcpPort(version);
    return { ikeTcpPort: { ...ikeTcpPort, value } };
  });
}

/** 4500 up to 7.6.0, 443 in configurations created on 7.6.1 and later. */
function defaultIkeTcpPort(version: FortiosVersion | undefined): number {
  return version && atLeast(version, '7.6.1') ? 443 : 4500;
}

function listFact<T extends object>(
  view: ConfigView,
  path: string,
  blocks: readonly PlacedBlock[],
  read: (placed: PlacedBlock) => T,
): Fact<readonly (T & { readonly vdom?: string })[]> {
  const objects = blocks.map((placed) => ({ vdom: placed.vdom, ...read(placed) }));
  const quotes = blocks.map((placed) => placed.quote(placed.block));
  const bounds = blocks.flatMap((placed) => placed.bounds(placed.block));
  return upToEnd(view, path, known(objects, quotes, bounds), blocks);
}
