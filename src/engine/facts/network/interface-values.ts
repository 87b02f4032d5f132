import type { Quote } from '../../evidence/types.ts';
import { UNSET_IPV4 } from '../../fortios/address.ts';
import { entriesIn } from '../../fortios/config/find.ts';
import { compareSourced, compareUnsourced } from '../comparison/settings.ts';
import type { PlacedBlock } from '../config/config-view.ts';
import {
  bare,
  bareIfSet,
  choiceField,
  declare,
  type EntryOf,
  type Field,
  listField,
  PARTIAL,
  readAs,
  textField,
} from '../config/fields.ts';
import { type Holder, wordSetting, wordsSetting } from '../config/setting.ts';
import type { Sourced } from '../fact.ts';

const UNSET_IPV6 = '::';
/** How `show full-configuration` prints an unset role, which `show` omits. */
const UNDEFINED_ROLE = 'undefined';

/** Not known of an interface of which only a line was picked out. */
const SAML_SERVER: Field<Sourced<string> | undefined> = textField('ike-saml-server');

export const INTERFACES = declare({
  path: 'system interface',
  area: 'interfaces',
  decisive: ['allowaccess'],
  fields: {
    /** Dotted, without its mask; absent if 0.0.0.0 or assigned by DHCP or PPPoE. */
    address: {
      name: 'ip',
      show: (area, name, address) => compareUnsourced(area, name, address?.value, address?.quotes),
      read: (...at) => {
        const address = readAddress(...at);
        return address?.value === UNSET_IPV4 ? undefined : address;
      },
    } satisfies Field<Sourced<string> | undefined>,
    /** IPv6 address without its prefix length; absent when `::`. */
    address6: readAs(bareIfSet(textField('ip6-address')), (placed, holder) => {
      const block = holder.blocks.find(({ path }) => path === 'ipv6');
      const address = block && withoutMask(wordSetting(placed, block, 'ip6-address', UNSET_IPV6).value);
      return address === UNSET_IPV6 ? undefined : address;
    }),
    /** Second and later addresses (`config secondaryip`). */
    secondary: readAs(bare(listField('secondary ip')), (...at) =>
      secondaryAddresses(...at).map(({ address }) => address),
    ),
    mode: bare(choiceField('mode', ['static', 'dhcp', 'pppoe'])),
    role: readAs(bareIfSet(textField('role')), (...at) => {
      const { value } = wordSetting(...at, 'role', UNDEFINED_ROLE);
      return value === UNDEFINED_ROLE ? undefined : value;
    }),
    vdom: bareIfSet(textField('vdom')),
    /** The line `set status down`, where it is. */
    down: {
      name: 'status',
      show: (area, name, down) => compareUnsourced(area, name, down ? 'down' : 'up'),
      read: (...at) => {
        const { value, quotes } = wordSetting(...at, 'status', 'up');
        return value === 'down' ? quotes : undefined;
      },
    } satisfies Field<readonly Quote[] | undefined>,
    partial: PARTIAL,
    allowaccess: listField('allowaccess'),
    /** Entry of `user saml` whose sign-in for IPsec is served here; empty: none. */
    samlServer: SAML_SERVER,
    /** What each secondary address allows: the interface's own list does not apply to them. */
    secondaryAccess: {
      name: 'allowaccess of',
      show: (area, name, all) =>
        all.map(({ address, allowaccess }) => compareSourced(area, `${name} ${address}`, allowaccess)),
      read: secondaryAddresses,
    } satisfies Field<readonly SecondaryAccess[]>,
  },
});
export type Interface = EntryOf<typeof INTERFACES>;

interface SecondaryAccess {
  /** Its number in the table: `edit 1`. */
  readonly key: string;
  readonly address: string;
  readonly quotes: readonly Quote[];
  readonly allowaccess: Sourced<readonly string[]>;
}

function secondaryAddresses(placed: PlacedBlock, holder: Holder): readonly SecondaryAccess[] {
  return entriesIn(holder, 'secondaryip').flatMap((entry) => {
    const ip = readAddress(placed, entry);
    if (!ip) return [];
    const { value: address, quotes } = ip;
    return [{ key: entry.key, address, quotes, allowaccess: wordsSetting(placed, entry, 'allowaccess', []) }];
  });
}

/** `set ip 192.0.2.1 255.255.255.0` */
function readAddress(placed: PlacedBlock, holder: Holder): Sourced<string> | undefined {
  const ip = wordsSetting(placed, holder, 'ip', []);
  const [address] = ip.value;
  return address ? { ...ip, value: withoutMask(address) } : undefined;
}

function withoutMask(address: string): string {
  return address.split('/')[0] ?? address;
}
