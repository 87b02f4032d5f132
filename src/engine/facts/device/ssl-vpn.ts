import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedBlock } from '../config/config-view.ts';
import { flagSetting, notShown, numberSetting, upToEnd, wordsSetting } from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import type { SslVpnSettings } from '../values.ts';

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
  }));
}
