import type { AnyAuthMethod, AuthHandlerMiddleware, Prompt } from 'ssh2';
import ssh2 from 'ssh2';
import type { Device, SecretRef } from '../config/inventory-types.ts';
import { FtmError } from '../ftm-error.ts';

/** Reads a secret at the moment of use; the value lives no longer than the handshake. */
export type ReadSecret = (ref: SecretRef) => Promise<string>;

type Secret =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'key'; readonly key: string; readonly passphrase?: string };

export async function readCredential(device: Device, readSecret: ReadSecret): Promise<Secret> {
  const { credential } = device;
  if (credential.kind === 'password') {
    return { kind: 'password', password: await readSecret(credential.password) };
  }
  const key = await readSecret(credential.privateKey);
  const passphrase = credential.passphrase && (await readSecret(credential.passphrase));
  const parsed = ssh2.utils.parseKey(key, passphrase);
  if (parsed instanceof Error) {
    throw new FtmError('ftm_config_invalid', `The private key for ${device.alias} cannot be read.`, {
      advice: 'It has to be in OpenSSH or PEM form, and an encrypted key needs its `passphrase` reference.',
    });
  }
  return { kind: 'key', key, ...(passphrase === undefined ? {} : { passphrase }) };
}

export interface AuthenticationOptions {
  readonly device: Device;
  readonly secret: Secret;
  /** Called when the device asks something that is not the password; nothing is answered then. */
  readonly onQuestion: () => void;
}

/**
 * One attempt with one method: every refused one counts towards the device's lockout. The methods on offer are
 * asked for first (`none`, as OpenSSH does), since some builds take only keyboard-interactive.
 */
export function authenticate({ device, secret, onQuestion }: AuthenticationOptions): AuthHandlerMiddleware {
  const { username } = device;
  let attempted = false;

  function attempt(offered: readonly string[]): AnyAuthMethod | undefined {
    if (secret.kind === 'key') {
      if (!offered.includes('publickey')) return undefined;
      const { key, passphrase } = secret;
      return { type: 'publickey', username, key, ...(passphrase === undefined ? {} : { passphrase }) };
    }
    if (offered.includes('password')) return { type: 'password', username, password: secret.password };
    if (!offered.includes('keyboard-interactive')) return undefined;
    return {
      type: 'keyboard-interactive',
      username,
      prompt: answerPassword(secret.password, onQuestion),
    };
  }

  let probed = false;
  return (offered, partialSuccess, next) => {
    if (!probed) {
      probed = true;
      next({ type: 'none', username });
      return;
    }
    // The password was right and the device wants a second factor.
    if (partialSuccess) onQuestion();
    const method = attempted ? undefined : attempt(offered ?? []);
    attempted = true;
    // `false` ends the handshake as a failed authentication; the type of ssh2 does not know it.
    next(method ?? (false as unknown as AnyAuthMethod));
  };
}

const PASSWORD_PROMPT = /^\s*(?:[^\n]{0,100}\s)?password\s{0,2}:?\s*$/i;

function answerPassword(password: string, onQuestion: () => void) {
  let answered = false;
  return (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: Prompt[],
    finish: (answers: string[]) => void,
  ): void => {
    const asksPassword = prompts.every(({ prompt }) => PASSWORD_PROMPT.test(prompt)) && !answered;
    if (prompts.length > 0 && !asksPassword) {
      onQuestion();
      return;
    }
    answered = answered || prompts.length > 0;
    finish(prompts.map(() => password));
  };
}
