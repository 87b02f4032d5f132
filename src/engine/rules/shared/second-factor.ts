import type { LocalUser } from '../../facts/accounts/account-values.ts';
import type { VpnAccess } from './vpn-access.ts';

/** Server types that may request a second factor of their own, invisible to the FortiGate. LDAP never does. */
const ASKING: ReadonlySet<LocalUser['type']> = new Set(['radius', 'tacacs+', 'saml']);

/** Whether the entry has no second factor. FortiOS shows a token only beside the method that uses it: without, a line is missing. */
export function hasNoFactor({ twoFactor, token }: LocalUser): boolean {
  return twoFactor.value === 'disable' && (twoFactor.explicit || token === undefined);
}

/** Whether the server requests this user's second factor, if any. */
export function isAskedByServer(user: LocalUser): boolean {
  return hasNoFactor(user) && ASKING.has(user.type);
}

/** Predefined user of every new device; its group is not used by a VPN unless an administrator adds it. */
const FACTORY_USER = 'guest';

/** Users who log in to the VPN with their own entry, as far as the evidence shows; disabled users never do. */
export function vpnUsers(users: readonly LocalUser[], access: VpnAccess): readonly LocalUser[] {
  return users.filter((user) => {
    if (!user.enabled.value) return false;
    const { kind } = access.of(user);
    return kind !== 'may-not' && (user.name !== FACTORY_USER || kind === 'may');
  });
}
