import type { LocalUser } from '../../facts/values.ts';
import type { VpnAccess } from './vpn-access.ts';

/** Servers that may ask for a second factor of their own, which the FortiGate does not see. LDAP never does. */
const ASKING: ReadonlySet<LocalUser['type']> = new Set(['radius', 'tacacs+', 'saml']);

export function hasNoFactor(user: LocalUser): boolean {
  return user.twoFactor.value === 'disable';
}

/** The second factor of this user, if any, is the server's to ask for. */
export function isAskedByServer(user: LocalUser): boolean {
  return hasNoFactor(user) && ASKING.has(user.type);
}

/** A user of every new device, in a group that no VPN names until somebody does. */
const FACTORY_USER = 'guest';

/** Users who log in to the VPN by their own entry, as far as the evidence tells; a disabled user never does. */
export function vpnUsers(users: readonly LocalUser[], access: VpnAccess): readonly LocalUser[] {
  return users.filter((user) => {
    if (!user.enabled) return false;
    const { kind } = access.of(user);
    return kind !== 'may-not' && (user.name !== FACTORY_USER || kind === 'may');
  });
}
