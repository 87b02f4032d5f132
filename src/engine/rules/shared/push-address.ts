import type { Sourced } from '../../facts/fact.ts';
import type { PushService } from '../../facts/values.ts';
import { formatVersion } from '../../fortios/version.ts';
import type { RuleContext } from '../rule.ts';
import { quoteValue } from './fix.ts';
import { knowsInterface, knowsServer } from './push-fields.ts';
import type { AddressSuggestion } from './wan-interfaces.ts';

/** The address that the phone is told to call, as far as this FortiOS reads it. */
export interface PushAddress {
  readonly field: 'server' | 'server-ip' | 'interface';
  readonly setting: Sourced<string>;
}

/** The effective setting, if any. `server-ip` is effective in releases without `server`. */
export function pushAddress(service: PushService, context: RuleContext): PushAddress | undefined {
  const { server, serverIp } = service;
  if (server?.value) return { field: 'server', setting: server };
  if (service.interface?.value) return { field: 'interface', setting: service.interface };
  if (serverIp?.value && knowsServer(context.version, service) !== true) {
    return { field: 'server-ip', setting: serverIp };
  }
  return undefined;
}

/** Lines inside `config system ftm-push` that change the address, and lines that undo it. */
interface AddressChange {
  readonly apply: readonly string[];
  readonly undo: readonly string[];
  readonly note?: string;
}

/**
 * Lines that give the phone another address, in the field that this FortiOS reads, and lines that undo it.
 * `suggestion` comes from the WAN interface; without one the line contains a placeholder. `readsServer` is passed if
 * something other than version and fields determines it.
 */
export function changeAddress(
  context: RuleContext,
  service: PushService | undefined,
  suggestion: AddressSuggestion | undefined,
  readsServer = knowsServer(context.version, service),
): AddressChange {
  const { version } = context;
  const address = suggestion?.kind === 'static' ? suggestion.address : undefined;
  const old = service?.serverIp?.value;
  const onlyOld = readsServer === undefined && old && !service?.server?.value;
  if (readsServer === false || onlyOld) {
    return {
      apply: [`set server-ip ${address ?? '<public-ip>'}`],
      undo: [old ? `set server-ip ${old}` : 'unset server-ip'],
      ...(onlyOld
        ? {
            note: 'FortiOS 6.4.10, 7.0 and later read `server` instead: there `unset server-ip` and `set server` with the address.',
          }
        : {}),
    };
  }
  const undo = [
    service?.server?.value ? `set server ${quoteValue(service.server.value)}` : 'unset server',
    ...(service?.interface?.value ? [`set interface ${quoteValue(service.interface.value)}`] : []),
  ];
  // FortiOS accepts only one address, and an upgrade may have kept an old `server-ip`.
  const dropOld = old ? ['unset server-ip'] : [];
  const drop = (field: 'server' | 'interface') => (service?.[field]?.value ? [`unset ${field}`] : []);
  if (suggestion?.kind === 'dynamic' && knowsInterface(version, service)) {
    return {
      apply: [...dropOld, ...drop('server'), `set interface ${quoteValue(suggestion.interface)}`],
      undo: ['unset interface', ...(service?.server?.value ? undo.slice(0, 1) : [])],
      note: `${suggestion.interface} gets its address by ${protocolName(suggestion.mode)}, so the interface is named instead of an address.`,
    };
  }
  const notes = [
    ...(suggestion?.kind === 'dynamic'
      ? [
          `${suggestion.interface} gets its address by ${protocolName(suggestion.mode)}: use a DDNS name, so that it stays right.`,
        ]
      : []),
    ...(readsServer ? [] : ['FortiOS 6.4.9 and older know only `set server-ip` with an address.']),
  ];
  return {
    apply: [
      ...dropOld,
      ...drop('interface'),
      `set server ${address === undefined ? '<public-ip-or-fqdn>' : quoteValue(address)}`,
    ],
    undo,
    note: notes.length > 0 ? notes.join(' ') : undefined,
  };
}

/** `FortiOS 7.2.8`, or `this FortiOS` if the version is not known. */
export function fortiosName(context: RuleContext): string {
  return context.version ? `FortiOS ${formatVersion(context.version)}` : 'this FortiOS';
}

const PROTOCOLS = { dhcp: 'DHCP', pppoe: 'PPPoE', static: 'configuration' } as const;

/** `DHCP`, `PPPoE`: behind “gets its address by”. */
export function protocolName(mode: keyof typeof PROTOCOLS): string {
  return PROTOCOLS[mode];
}
