import type { Section } from '../../evidence/types.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import type { ConfigView, PlacedBlock, PlacedEntry } from '../config/config-view.ts';
import {
  agree,
  flagSetting,
  latestPerSource,
  notSeen,
  notShown,
  numberSetting,
  upToEnd,
  wordSetting,
  wordsSetting,
} from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import { type Fact, known } from '../fact.ts';
import type { FactKey } from '../facts.ts';
import type { CentralManagement, FortiguardSettings, Phase1, VdomSettings } from '../values.ts';

const UNSET = '0.0.0.0';

export function readPhase1s(sections: readonly Section[], view: ConfigView): Fact<readonly Phase1[]> {
  return tableFact(view, 'vpn ipsec phase1-interface', phase1Of, () => notSeen('phase1s', sections));
}

function phase1Of(placed: PlacedEntry): Phase1 {
  const { entry, vdom } = placed;
  const group = wordSetting(placed, entry, 'authusrgrp', '');
  const peers = wordSetting(placed, entry, 'usrgrp', '');
  return {
    name: entry.key,
    vdom,
    dialup: wordSetting(placed, entry, 'type', 'static').value === 'dynamic',
    ikeVersion: numberSetting(placed, entry, 'ike-version', 1),
    eap: flagSetting(placed, entry, 'eap', false),
    interface: wordSetting(placed, entry, 'interface', ''),
    mode: wordSetting(placed, entry, 'mode', 'main'),
    peerType: wordSetting(placed, entry, 'peertype', 'peer'),
    peerId: wordSetting(placed, entry, 'peerid', ''),
    localGateway: wordSetting(placed, entry, 'local-gw', UNSET),
    networkId: networkIdOf(placed),
    dhGroups: wordsSetting(placed, entry, 'dhgrp', []),
    proposals: wordsSetting(placed, entry, 'proposal', []),
    remoteMatch: wordSetting(placed, entry, 'remote-gw-match', 'any'),
    firstAddress: wordSetting(placed, entry, 'ipv4-start-ip', ''),
    lastAddress: wordSetting(placed, entry, 'ipv4-end-ip', ''),
    userGroup: group.value || undefined,
    peerGroup: peers.value || undefined,
    negotiateTimeout: numberSetting(placed, entry, 'negotiate-timeout', 30),
    onlyFortiClient: flagSetting(placed, entry, 'forticlient-enforcement', false),
  };
}

function networkIdOf(placed: PlacedEntry): Phase1['networkId'] {
  const { entry } = placed;
  const overlay = flagSetting(placed, entry, 'network-overlay', false);
  const id = numberSetting(placed, entry, 'network-id', 0);
  return overlay.value ? id : { ...overlay, value: 0 };
}

/** Reads `system settings` of every VDOM in the evidence. */
export function readVdomSettings(
  sections: readonly Section[],
  view: ConfigView,
  version: FortiosVersion | undefined,
): Fact<readonly VdomSettings[]> {
  const blocks = view.objects('system settings');
  if (blocks.length === 0) return notShown('vdomSettings', sections, view, 'system settings');
  return upToEnd(
    view,
    'system settings',
    known(
      blocks.map((placed) => ({
        vdom: placed.vdom,
        ikeTcpPort: numberSetting(placed, placed.block, 'ike-tcp-port', defaultIkeTcpPort(version)),
      })),
      blocks.map((placed) => placed.quote(placed.block)),
      blocks.flatMap((placed) => placed.bounds(placed.block)),
    ),
  );
}

/** 4500 up to 7.6.0, 443 in configurations created on 7.6.1 and later. */
function defaultIkeTcpPort(version: FortiosVersion | undefined): number {
  return version && atLeast(version, '7.6.1') ? 443 : 4500;
}

export function readCentralManagement(
  sections: readonly Section[],
  view: ConfigView,
): Fact<CentralManagement> {
  return objectFact(sections, view, 'system central-management', 'centralManagement', (placed) => ({
    type: wordSetting(placed, placed.block, 'type', 'none'),
    updateServers: updateServersOf(placed),
    publicServers: flagSetting(placed, placed.block, 'include-default-servers', true),
  }));
}

/** `config server-list`: FortiManagers that replace FortiGuard (`server-type update`). */
function updateServersOf(placed: PlacedBlock): CentralManagement['updateServers'] {
  const table = placed.block.blocks.find((each) => each.path === 'server-list');
  const entries = (table?.entries ?? []).filter((entry) =>
    wordsSetting(placed, entry, 'server-type', []).value.includes('update'),
  );
  const addresses = entries.map((entry) => wordSetting(placed, entry, 'server-address', entry.key));
  return {
    value: addresses.map((each) => each.value),
    explicit: addresses.length > 0,
    quotes: addresses.length > 0 ? addresses.flatMap((each) => each.quotes) : [placed.quote(placed.block)],
  };
}

export function readFortiguard(sections: readonly Section[], view: ConfigView): Fact<FortiguardSettings> {
  return objectFact(sections, view, 'system fortiguard', 'fortiguard', (placed) => ({
    proxyServer: wordSetting(placed, placed.block, 'proxy-server-ip', ''),
    proxyPort: numberSetting(placed, placed.block, 'proxy-server-port', 0),
    sourceAddress: wordSetting(placed, placed.block, 'source-ip', UNSET),
    interfaceSelection: wordSetting(placed, placed.block, 'interface-select-method', 'auto'),
  }));
}

function objectFact<T>(
  sections: readonly Section[],
  view: ConfigView,
  path: string,
  key: FactKey,
  read: (placed: PlacedBlock) => T,
): Fact<T> {
  const claims = view.objects(path).map((placed) => ({
    source: placed.source,
    value: read(placed),
    quotes: [placed.quote(placed.block)],
    bounds: placed.bounds(placed.block),
  }));
  return agree<T>(latestPerSource(claims), `\`${path}\``, () => notShown(key, sections, view, path));
}
