import type { BaseAgent, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { FtmError } from '../../engine/ftm-error.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { describeKey, matchesPin } from './host-keys.ts';

/** Reads a secret at the moment of use; the value is kept for the handshake only. */
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

/**
 * The agent behind a socket, reduced to one key: each further key it offered would count as a failed login.
 * `wanted` is a fingerprint or a key line; without it the agent may hold one key only.
 */
async function agentWithOneKey(
  alias: string,
  socketPath: string,
  wanted: string | undefined,
): Promise<BaseAgent> {
  const agent = ssh2.createAgent(socketPath);
  const keys = (await listIdentities(agent)).map((key) => ({ key, ...describeKey(key.getPublicSSH()) }));
  const fitting = wanted === undefined ? keys : keys.filter((each) => matchesPin(wanted, each));
  const [chosen] = fitting;
  if (!chosen || fitting.length > 1) throw notOneKey(alias, wanted, keys);
  agent.getIdentities = (done) => done(undefined, [chosen.key]);
  return agent;
}

function listIdentities(agent: BaseAgent): Promise<readonly ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((cause, keys = []) => {
      // An agent behind a socket gives them parsed; what else ssh2's type allows comes from agents of one's own.
      if (!cause) resolve(keys.filter((key) => ssh2.utils.parseKey(key as ParsedKey) === key) as ParsedKey[]);
      else {
        reject(
          new FtmError('ftm_config_invalid', 'The SSH agent at SSH_AUTH_SOCK does not answer.', {
            advice: 'Start one with `ssh-agent` and load the key with `ssh-add`, where this program runs.',
            cause,
          }),
        );
      }
    });
  });
}

function notOneKey(
  alias: string,
  wanted: string | undefined,
  keys: readonly { readonly type: string; readonly fingerprint: string }[],
): FtmError {
  const has = keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join('\n');
  const message =
    wanted === undefined
      ? `The SSH agent holds ${keys.length === 0 ? 'no key' : `${keys.length} keys`} to sign in to ${alias} with.`
      : `The SSH agent does not have the key for ${alias}.`;
  return new FtmError('ftm_config_invalid', message, {
    advice:
      keys.length === 0
        ? 'Load the key with `ssh-add`, where this program runs.'
        : `Name one under \`agent: { key: … }\` in the inventory: each refused key would count as a failed login. The agent has:\n${has}`,
  });
}
