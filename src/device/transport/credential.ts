import type { BaseAgent, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { FtmError } from '../../ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import type { SecretRef } from '../../platform/config/secret-ref.ts';
import { agentWithOneKey } from './agent-key.ts';

/** Reads a secret at the moment of use; the value is kept no longer than the handshake. */
export type ReadSecret = (ref: SecretRef) => Promise<string>;

export type Secret =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'key'; readonly key: ParsedKey }
  | { readonly kind: 'agent'; readonly agent: BaseAgent };

/** Rejects with `ftm_config_invalid` if a secret is missing or not of the expected form. */
export async function readCredential(endpoint: SshEndpoint, readSecret: ReadSecret): Promise<Secret> {
  const { alias, credential } = endpoint;
  if (credential.kind === 'password') {
    return { kind: 'password', password: await readSecret(credential.password) };
  }
  if (credential.kind === 'agent') {
    const { socket: at } = credential;
    const socket = 'path' in at ? at.path : await readSecret(at);
    return { kind: 'agent', agent: await agentWithOneKey(alias, socket, credential.key) };
  }
  const key = await readSecret(credential.privateKey);
  const passphrase = credential.passphrase && (await readSecret(credential.passphrase));
  return { kind: 'key', key: parseKey(alias, key, passphrase) };
}

/** Once: decrypting a key takes half a second of computing, by design. */
function parseKey(alias: string, key: string, passphrase: string | undefined): ParsedKey {
  const parsed = ssh2.utils.parseKey(key, passphrase);
  if (!(parsed instanceof Error) && parsed.isPrivateKey()) return parsed;
  throw new FtmError('ftm_config_invalid', `The private key for ${alias} cannot be read.`, {
    advice: 'It has to be in OpenSSH or PEM form, and an encrypted key needs its `passphrase` reference.',
  });
}
