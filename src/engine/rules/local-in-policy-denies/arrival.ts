import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Zone } from '../../facts/network/firewall-values.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import type { RuleContext } from '../rule.ts';
import { callbackAddress, callbackInterface } from '../shared/callback-interface.ts';
import { type AddressBook, openAddressBook } from '../shared/phone-sources.ts';
import type { ScheduleFacts } from '../shared/schedule-times.ts';
import type { ServiceNames } from '../shared/service-ports.ts';
import { listAddresses } from '../shared/wan-interfaces.ts';

/** Where the phone's packet arrives, and the objects that policies refer to. */
export interface Arrival {
  readonly port: number;
  /** Interfaces where it may arrive; empty if unknown. */
  readonly interfaces: readonly Interface[];
  /** Whether it certainly arrives on the one interface in `interfaces`. */
  readonly exact: boolean;
  /** Possible IPv4 destination addresses; empty if unknown. */
  readonly addresses: readonly number[];
  /** Names of all interfaces in the evidence. */
  readonly known: ReadonlySet<string>;
  readonly zones: readonly Zone[];
  readonly services: ServiceNames;
  readonly addressBook: AddressBook;
  readonly schedules: ScheduleFacts;
  readonly readAt: RuleContext['readAt'];
}

/** Facts about objects that policies refer to, and about where the phone arrives. */
export const ARRIVAL_FACTS = [
  'pushService',
  'interfaces',
  'liveAddresses',
  'zones',
  'customServices',
  'serviceGroups',
  'addresses',
  'addressGroups',
  'recurringSchedules',
  'onetimeSchedules',
  'scheduleGroups',
] as const;

type Seen = Pick<Facts, (typeof ARRIVAL_FACTS)[number]>;

export function findArrival(facts: Seen, port: number, { readAt }: RuleContext): Arrival {
  const service = valueIfKnown(facts.pushService);
  const all = valueIfKnown(facts.interfaces);
  const live = valueIfKnown(facts.liveAddresses);
  const target = service && all && callbackInterface(service, all, live);
  const interfaces = target?.kind === 'exact' ? [target.interface] : (target?.interfaces ?? []);
  const held = interfaces.flatMap((each) => listAddresses(each, live));
  const called = service && callbackAddress(service);
  const addresses = called !== undefined && held.includes(called) ? [called] : held;
  return {
    port,
    interfaces,
    exact: interfaces.length === 1,
    addresses: addresses.flatMap((address) => parseIpv4(address) ?? []),
    known: new Set(all?.map((each) => each.name)),
    zones: valueIfKnown(facts.zones) ?? [],
    services: {
      custom: valueIfKnown(facts.customServices) ?? [],
      groups: valueIfKnown(facts.serviceGroups) ?? [],
    },
    addressBook: openAddressBook(facts),
    schedules: facts,
    readAt,
  };
}
