import type { DeviceSettings } from './inventory-schema.ts';
import type { Credential } from './inventory-types.ts';

type Signing = Pick<DeviceSettings, 'password' | 'privateKey' | 'passphrase' | 'agent'>;

/**
 * Takes the credential from one layer as a whole: a device's key must not be combined with its group's passphrase.
 */
export function pickCredential(layers: readonly Signing[]): Credential | { readonly reason: string } {
  for (const { password, privateKey, passphrase, agent } of layers) {
    const ways = [password, privateKey, agent].filter((way) => way !== undefined);
    if (ways.length > 1) return { reason: 'password, privateKey and agent exclude each other; choose one' };
    if (privateKey) return { kind: 'key', privateKey, passphrase };
    if (password) return { kind: 'password', password };
    if (agent) {
      return { kind: 'agent', socket: { env: 'SSH_AUTH_SOCK' }, key: agent === true ? undefined : agent.key };
    }
  }
  return { reason: 'has no password, privateKey or agent, nor have its groups and the defaults' };
}
