import type { Section } from '../../evidence/types.ts';
import { type ConfigView, entriesOf, type PlacedBlock } from '../config/config-view.ts';
import {
  flagSetting,
  notShown,
  numberSetting,
  upToEnd,
  wordSetting,
  wordsSetting,
} from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import type { SslPortal, SslVpnSettings } from '../values.ts';

const DEFAULT_PORT = 443;

/** Reads SSL VPN of every VDOM in the evidence. A VDOM without the block has none. */
export function readSslVpn(sections: readonly Section[], view: ConfigView): Fact<readonly SslVpnSettings[]> {
  const blocks = view.blocks('vpn ssl settings');
  if (blocks.some(({ block }) => !block.closed || block.abridged)) {
    return notShown('sslVpn', sections, view, 'vpn ssl settings');
  }
  if (blocks.length === 0) {
    return view.covers('vpn ssl settings')
      ? known([], [], view.bounds('vpn ssl settings'))
      : notShown('sslVpn', sections, view, 'vpn ssl settings');
  }
  const latest = new Map(blocks.map((placed) => [placed.vdom ?? '', placed]));
  return upToEnd(
    view,
    'vpn ssl settings',
    known(
      [...latest.values()].map(settingsOf),
      [...latest.values()].map((placed) => placed.quote(placed.block)),
      [...latest.values()].flatMap((placed) => placed.bounds(placed.block)),
    ),
  );
}

function settingsOf(placed: PlacedBlock): SslVpnSettings {
  const { block, vdom } = placed;
  const rules = authenticationRules(placed);
  const interfaces = wordsSetting(placed, block, 'source-interface', []);
  const status = flagSetting(placed, block, 'status', true);
  return {
    vdom,
    // Without a source interface FortiOS opens no listener, regardless of `status`.
    enabled: { ...status, value: status.value && interfaces.value.length > 0 },
    port: numberSetting(placed, block, 'port', DEFAULT_PORT),
    certificate: wordSetting(placed, block, 'servercert', ''),
    interfaces,
    sources: wordsSetting(placed, block, 'source-address', ['all']),
    negated: flagSetting(placed, block, 'source-address-negate', false),
    rules,
    groups: rules.flatMap((rule) => rule.groups.value),
    users: rules.flatMap((rule) => rule.users.value),
    loginTimeout: numberSetting(placed, block, 'login-timeout', 30),
    loginAttemptLimit: numberSetting(placed, block, 'login-attempt-limit', 2),
    loginBlockTime: numberSetting(placed, block, 'login-block-time', 60),
  };
}

function authenticationRules(placed: PlacedBlock) {
  const table = placed.block.blocks.find((each) => each.path === 'authentication-rule');
  return (table?.entries ?? []).map((entry) => ({
    groups: wordsSetting(placed, entry, 'groups', []),
    users: wordsSetting(placed, entry, 'users', []),
    realm: wordSetting(placed, entry, 'realm', ''),
    portal: wordSetting(placed, entry, 'portal', ''),
  }));
}

/** Reads the portals that authentication rules name. */
export function readSslPortals(sections: readonly Section[], view: ConfigView): Fact<readonly SslPortal[]> {
  const path = 'vpn ssl web portal';
  if (view.blocks(path).some(({ block }) => !block.closed || block.abridged)) {
    return notShown('sslPortals', sections, view, path);
  }
  const entries = [...entriesOf(view, path)];
  if (entries.length === 0 && !view.covers(path)) return notShown('sslPortals', sections, view, path);
  return upToEnd(
    view,
    path,
    known(
      entries.map((placed) => ({
        name: placed.entry.key,
        vdom: placed.vdom,
        tunnelMode: flagSetting(placed, placed.entry, 'tunnel-mode', false),
        webMode: flagSetting(placed, placed.entry, 'web-mode', false),
        hostCheck: wordSetting(placed, placed.entry, 'host-check', 'none'),
        limitUserLogins: flagSetting(placed, placed.entry, 'limit-user-logins', false),
      })),
      entries.map((placed) => placed.quote(placed.entry)),
      view.bounds(path),
    ),
  );
}
