import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import type { ConfigView, PlacedBlock } from '../config/config-view.ts';
import { readFields } from '../config/fields.ts';
import { notShown, upToEnd } from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import {
  RULE_TABLE,
  readAuthenticationRules,
  type ShownRules,
  SSL_VPN,
  type SslVpnSettings,
  VDOM_SETTINGS,
  type VdomSettings,
} from './settings.ts';

/** Reads SSL VPN of every VDOM in the evidence. A VDOM without the block has none. */
export function readSslVpn(view: ConfigView): Fact<readonly SslVpnSettings[]> {
  const { path, fields } = SSL_VPN;
  const blocks = view.blocks(path);
  const isShown = blocks.every(({ block }) => block.closed && !block.abridged) && view.covers(path);
  if (!isShown) return notShown('sslVpn', view, path);
  if (blocks.length === 0) return known([], [], view.bounds(path));
  const latest = [...new Map(blocks.map((placed) => [placed.vdom ?? '', placed])).values()];
  return listFact(view, path, latest, (placed) => readFields(fields, placed, placed.block));
}

/**
 * The authentication rules, also where the settings around them are cut or left out: `show vpn ssl settings | grep -A6
 * authentication-rule`.
 */
export function readShownRules(
  view: ConfigView,
  sslVpn: Fact<readonly SslVpnSettings[]>,
): Fact<readonly ShownRules[]> {
  const blocks = [...view.blocks(SSL_VPN.path), ...view.blocks(RULE_TABLE)];
  const value = blocks.flatMap((placed): readonly ShownRules[] => {
    const rules = readAuthenticationRules(placed, placed.block);
    const listNames = (name: 'groups' | 'users') => rules.flatMap((rule) => rule[name].value);
    const { vdom } = placed;
    return rules.length === 0
      ? []
      : [{ vdom, rules, groups: listNames('groups'), users: listNames('users') }];
  });
  if (sslVpn.state === 'known' || value.length === 0) return sslVpn;
  const cut = blocks.find(({ block }) => !block.closed || block.abridged);
  const quotes = value.flatMap(({ rules }) => rules.flatMap(({ groups }) => groups.quotes));
  const partial = cut && `${cut.source} does not show all of \`config ${cut.block.path}\``;
  return { ...known(value, quotes), partial };
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
  return upToEnd(view, path, known(objects, quotes, bounds));
}
